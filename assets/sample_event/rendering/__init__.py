"""Draws the sample video: delegates who hold phones and papers in front of a webcam."""
