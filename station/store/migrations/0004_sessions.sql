-- How a session admits: minutes of grace around its window, whether exits are recorded, how often one may come in.
ALTER TABLE session ADD COLUMN grace_before_minutes INTEGER NOT NULL DEFAULT 0
    CHECK (grace_before_minutes BETWEEN 0 AND 1440);
ALTER TABLE session ADD COLUMN grace_after_minutes INTEGER NOT NULL DEFAULT 0
    CHECK (grace_after_minutes BETWEEN 0 AND 1440);
ALTER TABLE session ADD COLUMN exits INTEGER NOT NULL DEFAULT 0 CHECK (exits IN (0, 1));
ALTER TABLE session ADD COLUMN repeats TEXT NOT NULL DEFAULT 'once' CHECK (repeats IN ('once', 'daily', 'always'));
ALTER TABLE session ADD COLUMN re_entry INTEGER NOT NULL DEFAULT 0 CHECK (re_entry IN (0, 1));

-- Who may enter a session: '' stands for every category, every unit; a session without rows admits everybody.
CREATE TABLE session_entitlement (
    session TEXT NOT NULL REFERENCES session (id) ON UPDATE CASCADE ON DELETE CASCADE,
    category TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (session, category, unit)
) STRICT, WITHOUT ROWID;

-- A projection: the latest exit of a delegate from a session, and whether nothing brought them in again since.
CREATE TABLE departure (
    delegate TEXT NOT NULL,
    session TEXT NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    last_out_at_ms INTEGER NOT NULL,
    outside INTEGER NOT NULL CHECK (outside IN (0, 1)),
    PRIMARY KEY (session, delegate)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_left ON entry (session) WHERE kind = 'left';
