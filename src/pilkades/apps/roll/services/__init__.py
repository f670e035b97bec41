"""Writes of the roll, one module per act."""
