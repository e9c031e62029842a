"""The organiser's documents: the list, who receives what, and what is to be printed."""
