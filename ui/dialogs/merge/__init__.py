"""Bringing the desks together: taking in what they sealed, watching a folder, deciding conflicts."""
