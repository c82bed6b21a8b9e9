-- Versions of policies that are the adoption of a version by a unit, with what the unit sets of its own: a JSON object of names and
-- values, or NULL where the unit's adoption ends. The row of `policy_versions` of the same number has no files of its own.
CREATE TABLE policy_adoptions (
    policy        TEXT   NOT NULL,
    version       BIGINT NOT NULL,
    unit_id       TEXT   NOT NULL,
    base          BIGINT NOT NULL,
    own           TEXT,
    own_hash      BLOB   NOT NULL,
    adopted_by    TEXT   NOT NULL,
    adopted_at_us BIGINT NOT NULL,
    PRIMARY KEY (policy, version)
) WITHOUT ROWID;
