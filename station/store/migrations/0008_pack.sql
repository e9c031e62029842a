-- A rehearsal works like the event it is of, and its records count for nothing; the first entry of each of its chains
-- says so too.
ALTER TABLE event ADD COLUMN rehearsal INTEGER NOT NULL DEFAULT 0 CHECK (rehearsal IN (0, 1));

-- The number people gave a desk, beside its name; NULL where they gave none.
ALTER TABLE instance ADD COLUMN number INTEGER CHECK (number BETWEEN 1 AND 999);

-- Event packs made here (taken_at_ms is NULL) and taken in here; digest: SHA-256 of the pack's manifest.
CREATE TABLE pack (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    number INTEGER NOT NULL CHECK (number >= 1),
    instance TEXT NOT NULL CHECK (length(instance) = 8),
    created_at_ms INTEGER NOT NULL,
    taken_at_ms INTEGER
) STRICT, WITHOUT ROWID;

-- The files that the pack taken in last brought, by their path in the event folder: what a later one may remove.
CREATE TABLE pack_file (
    name TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT, WITHOUT ROWID;

-- Where the event lies that this folder rehearses.
CREATE TABLE rehearsal (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    of_folder TEXT NOT NULL
) STRICT;
