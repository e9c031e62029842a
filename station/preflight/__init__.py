"""Ready for the doors? Checks of this machine and this event that are made before the first delegate comes."""
