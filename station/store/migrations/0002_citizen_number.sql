-- The number of the identity card, where the organiser's list holds it: a delegate can then show the card itself.
ALTER TABLE delegate ADD COLUMN citizen_id TEXT NOT NULL DEFAULT '';
CREATE INDEX delegate_citizen_id ON delegate (citizen_id) WHERE citizen_id <> '';
