-- Which reports exports hold, with which fields, and what official forms say of the organiser: canonical JSON.
CREATE TABLE report_choice (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    choice TEXT NOT NULL
) STRICT;
