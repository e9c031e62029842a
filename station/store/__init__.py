"""SQLite: the journal, its projections and everything the event folder remembers; the only place with SQL."""
