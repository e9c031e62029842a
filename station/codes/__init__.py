"""What a code means: the station's own payload format, and recognising it among everything else."""
