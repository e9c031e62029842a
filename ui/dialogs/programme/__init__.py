"""The programme of an event: its days beside each other, and a form for one session."""
