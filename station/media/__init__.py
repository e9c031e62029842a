"""Disks and sticks: atomic writing, drives that are pulled out, and the manifest that proves an export."""
