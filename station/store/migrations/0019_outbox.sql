-- Where exported results go when there is a network, and what is on its way there. All of it is this laptop's own.
CREATE TABLE target (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    user TEXT NOT NULL,
    ca TEXT NOT NULL, -- its own certificate authority: a file's name in the outbox folder, '' for none
    mode TEXT NOT NULL CHECK (mode IN ('automatic', 'metered', 'manual')),
    secret TEXT NOT NULL CHECK (secret IN ('none', 'keyring', 'password')), -- where the password of the user is kept
    failures INTEGER NOT NULL DEFAULT 0, -- tries in vain since the last success
    next_try_at_ms INTEGER, -- null: as soon as there is something
    trouble TEXT NOT NULL DEFAULT '',
    wants_login INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    target INTEGER NOT NULL REFERENCES target ON DELETE CASCADE,
    name TEXT NOT NULL, -- of the file, here and there
    instance TEXT, -- of a segment: whose chain, from which entry to which
    first INTEGER,
    last INTEGER,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    queued_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'confirmed', 'refused', 'closed')),
    failures INTEGER NOT NULL DEFAULT 0,
    next_try_at_ms INTEGER,
    changed_at_ms INTEGER NOT NULL,
    said TEXT NOT NULL DEFAULT '', -- why it was refused, or closed
    closed_by TEXT NOT NULL DEFAULT '',
    UNIQUE (target, name)
) STRICT;
CREATE INDEX outbox_state ON outbox (target, state, number);
CREATE INDEX outbox_run ON outbox (target, instance, last);
