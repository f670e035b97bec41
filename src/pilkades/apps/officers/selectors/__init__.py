"""Reads of the officers app."""
