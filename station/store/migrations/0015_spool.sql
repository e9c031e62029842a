-- One job for one wished badge, kept after it is printed; the old queue's wishes go over into it.
CREATE TABLE print_job (
    number INTEGER PRIMARY KEY,
    delegate TEXT NOT NULL REFERENCES delegate (id),
    wished_at_ms INTEGER NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    desk TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'unknown', 'done', 'failed', 'cancelled')),
    printer TEXT NOT NULL DEFAULT '',
    ticket TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    printed_at_ms INTEGER,
    confirmed INTEGER NOT NULL DEFAULT 0,
    again TEXT NOT NULL DEFAULT ''
) STRICT;
-- A delegate has at most one job that is not closed, however often somebody presses the button.
CREATE UNIQUE INDEX print_job_open ON print_job (delegate) WHERE state IN ('queued', 'sent', 'unknown', 'failed');
CREATE INDEX print_job_delegate ON print_job (delegate);

INSERT INTO print_job (delegate, wished_at_ms, state, reason)
SELECT delegate, wished_at_ms, 'queued', problem FROM print_wish ORDER BY wished_at_ms, delegate;
DROP TABLE print_wish;

-- What came out of each printer, and of the roll that is in it: size 0 where nobody said how many there are on it.
CREATE TABLE printer_roll (
    printer TEXT PRIMARY KEY,
    printed INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL DEFAULT 0,
    used INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Where a badge that was printed before the event lies.
CREATE TABLE badge_box (
    delegate TEXT PRIMARY KEY REFERENCES delegate (id) ON DELETE CASCADE,
    box TEXT NOT NULL
) STRICT, WITHOUT ROWID;
