-- Derived: totals for reports. `unit` is empty while no unit answers for a case, `class` where nothing is told apart.
-- Clustered by the key: totals are read by spans of days and added to at the end.
DROP TABLE counters;
CREATE TABLE counters (
    day_on  TEXT   NOT NULL,
    policy  TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    unit    TEXT   NOT NULL,
    measure TEXT   NOT NULL,
    class   TEXT   NOT NULL,
    value   BIGINT NOT NULL,
    total   BIGINT NOT NULL,
    PRIMARY KEY (day_on, policy, kind, unit, measure, class, value)
) WITHOUT ROWID;

-- Derived: what each case counts for, so that the cases behind a total can be listed. `ordinal` is that of the case.
CREATE TABLE measurements (
    ordinal BIGINT NOT NULL,
    measure TEXT   NOT NULL,
    day_on  TEXT   NOT NULL,
    class   TEXT   NOT NULL,
    value   BIGINT NOT NULL,
    PRIMARY KEY (ordinal, measure)
) WITHOUT ROWID;
CREATE INDEX measurements_by_day ON measurements (measure, day_on);
