"""Tables of what happened, for the secretary and the office, and the files they are written to."""
