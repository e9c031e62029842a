"""Numbered steps of the schema, each applied in one transaction with the row that records it."""
