-- Derived: who alone sees a case, the positions in order with a space between them and `+taker` or `+first_contact` before them;
-- null for most, which whoever has to do with them sees. Those who may not see such a case find it in nothing.
ALTER TABLE cases ADD COLUMN sight TEXT COLLATE "C";
CREATE INDEX cases_by_sight ON cases (sight, status, sort_due_at_us) WHERE sight IS NOT NULL;
