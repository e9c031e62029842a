"""Small widgets that any screen may use; they know nothing of the station."""
