-- Who is known to be related to whom: to a person or to a unit. Days, both ends inclusive; nothing where it always was, or still is.
CREATE TABLE relations (
    relation_id    TEXT COLLATE "C" PRIMARY KEY,
    person_id      TEXT COLLATE "C" NOT NULL,
    other_person   TEXT COLLATE "C",
    other_unit     TEXT COLLATE "C",
    kind           TEXT COLLATE "C" NOT NULL,
    since_on       TEXT COLLATE "C",
    until_on       TEXT COLLATE "C",
    note           TEXT COLLATE "C" NOT NULL,
    recorded_by    TEXT COLLATE "C" NOT NULL,
    recorded_at_us BIGINT NOT NULL
);
