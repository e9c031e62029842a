-- What desks changed of the roster; all three are projections of the journal.
CREATE TABLE correction (
    delegate TEXT PRIMARY KEY,
    name TEXT,
    position TEXT,
    unit TEXT,
    category TEXT,
    phone TEXT,
    email TEXT,
    seat TEXT,
    note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE walk_in (
    delegate TEXT PRIMARY KEY,
    approval TEXT NOT NULL CHECK (approval IN ('waiting', 'approved', 'declined')),
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who came for whom: the code of the delegate does not count any more.
CREATE TABLE substitution (
    delegate TEXT PRIMARY KEY,
    substitute TEXT NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX substitution_substitute ON substitution (substitute);
