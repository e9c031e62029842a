"""Which documents a delegate should get and has got."""
