"""The voter roll: from the first list to the locked one, and where everybody votes."""
