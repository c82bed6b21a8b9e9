-- Derived: how a case ended if it was not handled (`withdrawn`, `merged`), and whether it is under legal hold.
ALTER TABLE cases ADD COLUMN ending TEXT COLLATE "C";
ALTER TABLE cases ADD COLUMN held BIGINT NOT NULL DEFAULT 0;
CREATE INDEX cases_held ON cases (customer) WHERE held = 1;

-- Derived: a keyed hash of the full name, by which likely duplicates are found.
ALTER TABLE parties ADD COLUMN name_index BYTEA;
CREATE INDEX parties_by_name ON parties (name_index) WHERE name_index IS NOT NULL;

-- Derived: records of customers that were found to be the same person. `case_id` is the case in whose log that stands.
CREATE TABLE party_merges (
    party_id TEXT COLLATE "C" PRIMARY KEY,
    into_id  TEXT COLLATE "C" NOT NULL,
    case_id  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX party_merges_by_into ON party_merges (into_id);
CREATE INDEX party_merges_by_case ON party_merges (case_id);
