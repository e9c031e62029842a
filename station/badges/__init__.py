"""What is printed or sent for a delegate: badges and invitations, their layouts in millimetres, their fonts."""
