"""Where results go over the network, and what is on its way there."""
