-- Derived: the unit whose people read a case and do nothing else with it.
ALTER TABLE cases ADD COLUMN read_by TEXT COLLATE "C";
CREATE INDEX cases_by_reader ON cases (read_by, status, sort_due_at_us, ordinal) WHERE read_by IS NOT NULL;
