"""Dialogs for what a clerk meets besides a plain scan."""
