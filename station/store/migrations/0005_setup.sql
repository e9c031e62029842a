-- A unit is marked with a colour on screens, and may have a short name.
ALTER TABLE unit ADD COLUMN colour TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN short_name TEXT NOT NULL DEFAULT '' CHECK (length(short_name) <= 80);

-- Spellings that were renamed or merged: a roster file that says them again is read as the name that counts.
CREATE TABLE unit_alias (
    spelling TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES unit (name) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE category_alias (
    spelling TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES category (name) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Names that look like one and are not, so that nobody is asked twice: a sorted JSON array of each group.
CREATE TABLE told_apart (
    kind TEXT NOT NULL CHECK (kind IN ('unit', 'category')),
    names TEXT NOT NULL,
    PRIMARY KEY (kind, names)
) STRICT, WITHOUT ROWID;

-- The event's logo as PNG, empty for none; and since when the event rests in the archive.
ALTER TABLE event ADD COLUMN logo BLOB NOT NULL DEFAULT x'';
ALTER TABLE event ADD COLUMN archived_at_ms INTEGER;
