"""Checking in: the rules, the desk that records, and the lane from the camera to it."""
