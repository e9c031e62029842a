-- What the organiser prepares.
CREATE TABLE event (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 500),
    name_en TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL CHECK (ends_on >= starts_on),
    venue TEXT NOT NULL,
    organiser TEXT NOT NULL,
    zone TEXT NOT NULL,
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE session (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 32),
    number INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    opens_at_ms INTEGER,
    closes_at_ms INTEGER,
    CHECK (closes_at_ms IS NULL OR opens_at_ms IS NULL OR closes_at_ms > opens_at_ms)
) STRICT;

CREATE TABLE category (
    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
    colour TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE unit (
    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 400)
) STRICT;

CREATE TABLE delegate (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(code) BETWEEN 1 AND 32),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 400),
    position TEXT NOT NULL,
    unit TEXT REFERENCES unit (name) ON UPDATE CASCADE,
    category TEXT REFERENCES category (name) ON UPDATE CASCADE,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    seat TEXT NOT NULL,
    note TEXT NOT NULL,
    external_payload TEXT NOT NULL,
    vanished INTEGER NOT NULL DEFAULT 0 CHECK (vanished IN (0, 1)),
    folded TEXT NOT NULL
) STRICT;
CREATE INDEX delegate_external_payload ON delegate (external_payload) WHERE external_payload <> '';

CREATE TABLE payload (
    instance TEXT NOT NULL CHECK (length(instance) = 8),
    serial INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 9999999),
    delegate TEXT NOT NULL REFERENCES delegate (id),
    issued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (instance, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX payload_delegate ON payload (delegate);

CREATE TABLE document (
    code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 32),
    number INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('file', 'printed')),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Who receives a document: '' stands for every category, every unit.
CREATE TABLE entitlement (
    document TEXT NOT NULL REFERENCES document (code) ON UPDATE CASCADE ON DELETE CASCADE,
    category TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (document, category, unit)
) STRICT, WITHOUT ROWID;

-- Station instances: this laptop's own has a private key and the marker of the place it was opened at.
CREATE TABLE instance (
    id TEXT PRIMARY KEY CHECK (length(id) = 8),
    station TEXT NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    private_key BLOB CHECK (length(private_key) = 32),
    marker TEXT,
    started_at_ms INTEGER NOT NULL
) STRICT;

-- The journal: append-only; every column is covered by the entry's hash.
CREATE TABLE entry (
    instance TEXT NOT NULL REFERENCES instance (id),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    hlc_ms INTEGER NOT NULL,
    hlc_counter INTEGER NOT NULL,
    delegate TEXT,
    session TEXT,
    document TEXT,
    target TEXT,
    outcome TEXT CHECK (outcome IN ('admitted', 'attention', 'refused')),
    body TEXT NOT NULL CHECK (length(body) BETWEEN 2 AND 65536),
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (instance, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_clock ON entry (hlc_ms, hlc_counter);
CREATE INDEX entry_session ON entry (session, outcome) WHERE kind = 'scan';
CREATE INDEX entry_delegate ON entry (delegate, kind) WHERE delegate IS NOT NULL;
CREATE INDEX entry_target ON entry (target) WHERE target IS NOT NULL;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER entry_follows_its_chain BEFORE INSERT ON entry
WHEN new.sequence <> 1 + (SELECT coalesce(max(sequence), 0) FROM entry WHERE instance = new.instance)
BEGIN
    SELECT RAISE(ABORT, 'an entry must follow the last one of its instance');
END;

-- Personal words of an entry, apart from it, so that a person can be erased and the chain still verifies:
-- the body holds SHA-256(salt + text). Erased: salt and text are NULL.
CREATE TABLE particulars (
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    field TEXT NOT NULL,
    salt BLOB,
    text TEXT,
    PRIMARY KEY (instance, sequence, field),
    FOREIGN KEY (instance, sequence) REFERENCES entry (instance, sequence),
    CHECK ((salt IS NULL) = (text IS NULL))
) STRICT, WITHOUT ROWID;

-- Projections: what the journal says, kept ready; `rebuild` makes them again and compares.
CREATE TABLE attendance (
    delegate TEXT NOT NULL,
    session TEXT NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    first_in_at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, delegate)
) STRICT, WITHOUT ROWID;

CREATE TABLE hand_out (
    delegate TEXT NOT NULL,
    document TEXT NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (delegate, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_out_document ON hand_out (document);

CREATE TABLE standing (
    delegate TEXT PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('withdrawn', 'blocked')),
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE revocation (
    payload_instance TEXT NOT NULL,
    payload_serial INTEGER NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (payload_instance, payload_serial)
) STRICT, WITHOUT ROWID;

-- Badges wished for wait here until they are printed, with the reason if the last try failed.
CREATE TABLE print_wish (
    delegate TEXT PRIMARY KEY REFERENCES delegate (id),
    wished_at_ms INTEGER NOT NULL,
    problem TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
