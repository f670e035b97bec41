"""Shapes of input, one module per subject."""
