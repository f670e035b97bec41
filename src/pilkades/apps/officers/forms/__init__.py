"""Input shapes of the officers app."""
