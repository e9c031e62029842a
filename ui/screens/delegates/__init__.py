"""The roster as a table, with who is present."""
