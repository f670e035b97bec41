"""Pages of the roll, one module per subject."""
