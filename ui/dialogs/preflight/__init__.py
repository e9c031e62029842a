"""Ready for the doors: the checks of this machine and this event, and what the program can do about them."""
