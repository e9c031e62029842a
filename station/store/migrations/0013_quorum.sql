-- Which share of which delegates must be present; no row: nobody asks. Of one category, many, or (every_category) all.
CREATE TABLE quorum (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    numerator INTEGER NOT NULL CHECK (numerator >= 1),
    denominator INTEGER NOT NULL CHECK (denominator >= numerator),
    more_than INTEGER NOT NULL CHECK (more_than IN (0, 1)),
    every_category INTEGER NOT NULL CHECK (every_category IN (0, 1))
) STRICT;
CREATE TABLE quorum_category (
    category TEXT PRIMARY KEY REFERENCES category (name) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Which delegate received a document, where that was said; a name that was typed stands in the particulars.
ALTER TABLE hand_out ADD COLUMN received_by TEXT;
