"""Everything the check-in station does that is not a screen; it knows no Qt."""
