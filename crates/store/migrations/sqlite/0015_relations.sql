-- Who is known to be related to whom: to a person or to a unit. Days, both ends inclusive; nothing where it always was, or still is.
CREATE TABLE relations (
    relation_id    TEXT   PRIMARY KEY,
    person_id      TEXT   NOT NULL,
    other_person   TEXT,
    other_unit     TEXT,
    kind           TEXT   NOT NULL,
    since_on       TEXT,
    until_on       TEXT,
    note           TEXT   NOT NULL,
    recorded_by    TEXT   NOT NULL,
    recorded_at_us BIGINT NOT NULL
) WITHOUT ROWID;
