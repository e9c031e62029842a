"""What the organiser does at the office before the event, in its order."""
