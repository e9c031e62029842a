"""The desk: what the clerk looks at all day."""
