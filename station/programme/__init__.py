"""The programme of an event: its sessions as people type them, and as a TOML file for scripts."""
