"""The demo regency: villages at several moments, played through the same services as in earnest."""
