-- The photo of a delegate: the name of a file in the event folder's photos/, and what it must hold.
CREATE TABLE photo (
    delegate TEXT PRIMARY KEY REFERENCES delegate (id),
    file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200 AND instr(file_name, '/') = 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    taken_at_ms INTEGER NOT NULL
) STRICT;
