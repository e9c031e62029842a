-- What is known of the other stations' chains: how far they are said to go, their own signed word for it, and clocks.
CREATE TABLE met (
    instance TEXT PRIMARY KEY CHECK (length(instance) = 8),
    station TEXT NOT NULL,
    known_last INTEGER NOT NULL DEFAULT 0, -- the newest end that the station itself signed, held here or not
    head TEXT, -- the signed head of the newest segment held here to its end
    head_last INTEGER NOT NULL DEFAULT 0,
    sealed_at_ms INTEGER, -- by the station's clock
    met_at_ms INTEGER, -- by the clock here
    behind_ms INTEGER NOT NULL DEFAULT 0 -- how far its clock was behind what it had seen of other stations, at most
) STRICT, WITHOUT ROWID;

-- Who was registered twice, and as whom they count; what was decided of conflicts. Both are projections of the journal.
CREATE TABLE united (
    delegate TEXT PRIMARY KEY,
    into_delegate TEXT NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX united_into ON united (into_delegate);
CREATE TABLE resolved (
    delegate TEXT NOT NULL,
    conflict TEXT NOT NULL,
    choice TEXT NOT NULL,
    instance TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (delegate, conflict)
) STRICT, WITHOUT ROWID;
