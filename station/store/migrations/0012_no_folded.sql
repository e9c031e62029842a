-- Delegates are found by an index in memory.
ALTER TABLE delegate DROP COLUMN folded;
