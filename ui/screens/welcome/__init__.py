"""What one sees before an event is open."""
