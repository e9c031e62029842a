"""What leaves and enters a station: exports and sealed journal segments, and the proof that they are whole."""
