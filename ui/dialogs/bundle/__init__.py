"""A delegate's documents at the desk: opened, printed, copied to a stick."""
