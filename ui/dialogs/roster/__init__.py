"""Taking in a roster: the file, what its columns mean, what would change, and then the change."""
