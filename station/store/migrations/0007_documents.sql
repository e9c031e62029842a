-- Documents have versions and languages, printed copies that are counted (NULL: not counted), and copies to print
-- beyond those for who is entitled. A withdrawn one is handed out to nobody any more.
ALTER TABLE document ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0);
ALTER TABLE document ADD COLUMN version TEXT NOT NULL DEFAULT '1' CHECK (length(version) BETWEEN 1 AND 32);
ALTER TABLE document ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN stock INTEGER CHECK (stock >= 0);
ALTER TABLE document ADD COLUMN reserve INTEGER NOT NULL DEFAULT 0 CHECK (reserve >= 0);
ALTER TABLE document ADD COLUMN reserve_is_percent INTEGER NOT NULL DEFAULT 0 CHECK (reserve_is_percent IN (0, 1));
ALTER TABLE document ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));

-- What a document was before its present version, the latest replaced last.
CREATE TABLE earlier_version (
    document TEXT NOT NULL REFERENCES document (code) ON UPDATE CASCADE ON DELETE CASCADE,
    number INTEGER NOT NULL,
    version TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    replaced_at_ms INTEGER NOT NULL,
    PRIMARY KEY (document, number),
    UNIQUE (document, version)
) STRICT;

-- Who receives a document, or (forbids) never does: '' stands for every category, unit, session and delegate.
CREATE TABLE document_rule (
    document TEXT NOT NULL REFERENCES document (code) ON UPDATE CASCADE ON DELETE CASCADE,
    forbids INTEGER NOT NULL DEFAULT 0 CHECK (forbids IN (0, 1)),
    category TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    session TEXT NOT NULL DEFAULT '',
    delegate TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (document, forbids, category, unit, session, delegate)
) STRICT, WITHOUT ROWID;
INSERT INTO document_rule (document, category, unit) SELECT document, category, unit FROM entitlement;
DROP TABLE entitlement;
ALTER TABLE document_rule RENAME TO entitlement;

-- The version that was handed out, as the entry says; entries of before speak of the first one.
ALTER TABLE hand_out ADD COLUMN version TEXT NOT NULL DEFAULT '1';
DROP INDEX hand_out_document;
CREATE INDEX hand_out_document ON hand_out (document, version);
