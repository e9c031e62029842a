"""The delegations: how each unit stands, and its people."""
