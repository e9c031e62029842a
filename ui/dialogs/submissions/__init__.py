"""Submissions: defined by the organiser, received at the desk, owed by whom."""
