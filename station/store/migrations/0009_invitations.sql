-- Who was made an invitation, with which payload, when and how; a row for every time. The latest one says whether
-- the payload has changed since, so that a delegate must be sent another.
CREATE TABLE invitation (
    number INTEGER PRIMARY KEY,
    delegate TEXT NOT NULL REFERENCES delegate (id),
    payload_instance TEXT NOT NULL CHECK (length(payload_instance) = 8),
    payload_serial INTEGER NOT NULL,
    made_at_ms INTEGER NOT NULL,
    way TEXT NOT NULL
) STRICT;
CREATE INDEX invitation_delegate ON invitation (delegate, number);
