"""What goes up when a network is there: an outbox of exported results, and the targets it is emptied to."""
