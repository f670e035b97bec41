"""Long work with progress and cancel, one interface for laptop and server."""
