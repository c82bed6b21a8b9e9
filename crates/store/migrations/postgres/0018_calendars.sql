-- Calendars that the organisation keeps, in versions that never change: the file as it was loaded, and from which day on it
-- counts, if not for all days. `own` is the organisation's own. What was loaded and changes running clocks is `recomputed` once
-- their due times have been computed again.
CREATE TABLE calendar_versions (
    name             TEXT COLLATE "C" NOT NULL,
    version          BIGINT NOT NULL,
    file             TEXT COLLATE "C" NOT NULL,
    file_hash        BYTEA NOT NULL,
    from_on          TEXT COLLATE "C",
    loaded_by        TEXT COLLATE "C",
    policy           TEXT COLLATE "C",
    loaded_at_us     BIGINT NOT NULL,
    recomputed_at_us BIGINT,
    PRIMARY KEY (name, version)
);
