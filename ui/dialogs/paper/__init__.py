"""Sign-in sheets: printing them, and taking their signatures in."""
