-- Derived: totals for reports. `unit` is empty while no unit answers for a case, `class` where nothing is told apart.
-- Totals are read by spans of days.
DROP TABLE counters;
CREATE TABLE counters (
    day_on  TEXT COLLATE "C" NOT NULL,
    policy  TEXT COLLATE "C" NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    unit    TEXT COLLATE "C" NOT NULL,
    measure TEXT COLLATE "C" NOT NULL,
    class   TEXT COLLATE "C" NOT NULL,
    value   BIGINT NOT NULL,
    total   BIGINT NOT NULL,
    PRIMARY KEY (day_on, policy, kind, unit, measure, class, value)
);

-- Derived: what each case counts for, so that the cases behind a total can be listed. `ordinal` is that of the case.
CREATE TABLE measurements (
    ordinal BIGINT NOT NULL,
    measure TEXT COLLATE "C" NOT NULL,
    day_on  TEXT COLLATE "C" NOT NULL,
    class   TEXT COLLATE "C" NOT NULL,
    value   BIGINT NOT NULL,
    PRIMARY KEY (ordinal, measure)
);
CREATE INDEX measurements_by_day ON measurements (measure, day_on);
