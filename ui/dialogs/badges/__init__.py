"""The badge place: queue, printers, profiles, batches, and all that wait as PDF sheets."""
