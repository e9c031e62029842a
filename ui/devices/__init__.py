"""Devices that are reached through Qt: sound and the keyboard-wedge scanner."""
