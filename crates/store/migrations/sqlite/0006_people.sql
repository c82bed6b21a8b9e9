-- Units can be closed. Units and persons count their changes, so that of two people who change one only the first does.
ALTER TABLE units ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE units ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE persons ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
-- Counts every change of the organisation: what holds of the whole, such as that units make a tree, is checked on one state of it.
INSERT INTO settings (name, value) VALUES ('organisation.revision', '0');

-- Who acts for whom, and who is away; days, both ends inclusive. Without a position it is for all the person may do.
CREATE TABLE deputies (
    deputy_id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    deputy    TEXT NOT NULL,
    from_on   TEXT NOT NULL,
    to_on     TEXT NOT NULL,
    position  TEXT
) WITHOUT ROWID;
CREATE TABLE absences (
    absence_id TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL,
    from_on    TEXT NOT NULL,
    to_on      TEXT NOT NULL
) WITHOUT ROWID;

-- Whoever left, and to whom the open cases go: `successor`, where a case has none of its own; without one, back to the lists.
-- Once `done_at_us` stands, nothing is left with the person, and the reason is taken out.
CREATE TABLE leavings (
    person_id   TEXT   PRIMARY KEY,
    successor   TEXT,
    reason      TEXT   NOT NULL,
    asked_by    TEXT   NOT NULL,
    asked_at_us BIGINT NOT NULL,
    done_at_us  BIGINT
) WITHOUT ROWID;
CREATE TABLE leaving_cases (
    person_id TEXT NOT NULL,
    case_id   TEXT NOT NULL,
    successor TEXT,
    PRIMARY KEY (person_id, case_id)
) WITHOUT ROWID;

-- Tries to sign in, counted by nodes that share the database. Of login names only keyed hashes are kept.
CREATE TABLE sign_in_tries (
    login_hash BLOB   NOT NULL,
    minute     BIGINT NOT NULL,
    tries      BIGINT NOT NULL,
    PRIMARY KEY (login_hash, minute)
) WITHOUT ROWID;
