"""The file that is sent to whoever looks after the program: how this machine is, and nothing about anybody."""
