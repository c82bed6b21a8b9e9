-- Versions of policies that are the adoption of a version by a unit, with what the unit sets of its own: a JSON object of names and
-- values, or NULL where the unit's adoption ends. The row of `policy_versions` of the same number has no files of its own.
CREATE TABLE policy_adoptions (
    policy        TEXT COLLATE "C" NOT NULL,
    version       BIGINT NOT NULL,
    unit_id       TEXT COLLATE "C" NOT NULL,
    base          BIGINT NOT NULL,
    own           TEXT COLLATE "C",
    own_hash      BYTEA  NOT NULL,
    adopted_by    TEXT COLLATE "C" NOT NULL,
    adopted_at_us BIGINT NOT NULL,
    PRIMARY KEY (policy, version)
);
