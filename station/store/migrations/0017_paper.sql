-- Sign-in sheets that were printed here, with whose each row is, so that a row can be taken in by its number.
CREATE TABLE sign_in_sheet (
    number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 999),
    session TEXT NOT NULL,
    printed_at_ms INTEGER NOT NULL,
    blank_rows INTEGER NOT NULL CHECK (blank_rows >= 0)
) STRICT;
CREATE TABLE sign_in_row (
    sheet INTEGER NOT NULL REFERENCES sign_in_sheet (number) ON DELETE CASCADE,
    row INTEGER NOT NULL CHECK (row >= 1),
    delegate TEXT NOT NULL,
    PRIMARY KEY (sheet, row)
) STRICT, WITHOUT ROWID;

-- Who gets a certificate: which share of which sessions (no rows: of all); what was issued stands in the journal.
CREATE TABLE certificate_rule (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    basis TEXT NOT NULL CHECK (basis IN ('sessions', 'hours')),
    percent INTEGER NOT NULL CHECK (percent BETWEEN 1 AND 100),
    number_form TEXT NOT NULL CHECK (number_form <> '')
) STRICT;
CREATE TABLE certificate_session (
    session TEXT PRIMARY KEY REFERENCES session (id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
