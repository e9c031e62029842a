-- What a roster file changed, so that the latest one can be undone as one step. Only that one keeps what was before.
-- The highest place and serial given are kept too: what was undone must not give its payloads to somebody else.
CREATE TABLE roster_import (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    instance TEXT NOT NULL CHECK (length(instance) = 8),
    last_number INTEGER NOT NULL,
    last_serial INTEGER NOT NULL,
    before TEXT NOT NULL,
    undone_at_ms INTEGER
) STRICT;

-- Columns of the roster that have no field of their own, as canonical JSON: an object of heading and text.
ALTER TABLE delegate ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';
