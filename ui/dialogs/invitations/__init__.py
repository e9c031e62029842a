"""Codes and invitations: whom, what and where, with one invitation to look at before all are made."""
