-- What delegates were to bring in, and of whom it is expected: '' stands for every category, unit, session, delegate.
CREATE TABLE submission (
    code TEXT PRIMARY KEY COLLATE NOCASE CHECK (length(code) BETWEEN 1 AND 32),
    number INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL CHECK (title <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('slides', 'video', 'poster', 'report', 'other')),
    session TEXT NOT NULL DEFAULT '',
    due_at_ms INTEGER
) STRICT;
CREATE TABLE submission_rule (
    submission TEXT NOT NULL REFERENCES submission (code) ON UPDATE CASCADE ON DELETE CASCADE,
    forbids INTEGER NOT NULL DEFAULT 0 CHECK (forbids IN (0, 1)),
    category TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    session TEXT NOT NULL DEFAULT '',
    delegate TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (submission, forbids, category, unit, session, delegate)
) STRICT, WITHOUT ROWID;

-- What became of each, and what delegates have on their own sticks; both are projections of the journal.
CREATE TABLE received (
    delegate TEXT NOT NULL,
    submission TEXT NOT NULL,
    how TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (delegate, submission)
) STRICT, WITHOUT ROWID;
CREATE TABLE digital_copy (
    delegate TEXT NOT NULL,
    document TEXT NOT NULL,
    version TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (delegate, document)
) STRICT, WITHOUT ROWID;
