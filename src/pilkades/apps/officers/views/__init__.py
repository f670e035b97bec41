"""Pages of the officers app, one module per subject."""
