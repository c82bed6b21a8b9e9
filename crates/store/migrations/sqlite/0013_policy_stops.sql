-- Versions of policies under which no new case is taken in (emergency stop): why, by whom, and how that was lifted again. A row
-- that is not lifted holds; `number` counts the stops of a version, from 1.
CREATE TABLE policy_stops (
    policy        TEXT   NOT NULL,
    version       BIGINT NOT NULL,
    number        BIGINT NOT NULL,
    stopped_by    TEXT   NOT NULL,
    stopped_at_us BIGINT NOT NULL,
    reason        TEXT   NOT NULL,
    resumed_by    TEXT,
    resumed_at_us BIGINT,
    resume_reason TEXT,
    PRIMARY KEY (policy, version, number)
) WITHOUT ROWID;
