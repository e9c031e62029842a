-- The supervisor's PIN and the organiser's password, as scrypt hashes, with the tries that failed in a row.
CREATE TABLE role_secret (
    role TEXT PRIMARY KEY CHECK (role IN ('supervisor', 'organiser')),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failed_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
