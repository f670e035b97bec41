"""Writes of the elections app: one module per use case, five beats each."""
