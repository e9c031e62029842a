"""Frozen values that every part of the station speaks in; no behaviour that needs a disk, a clock or a screen."""
