-- Calendars that the organisation keeps, in versions that never change: the file as it was loaded, and from which day on it
-- counts, if not for all days. `own` is the organisation's own. What was loaded and changes running clocks is `recomputed` once
-- their due times have been computed again.
CREATE TABLE calendar_versions (
    name             TEXT NOT NULL,
    version          BIGINT NOT NULL,
    file             TEXT NOT NULL,
    file_hash        BLOB NOT NULL,
    from_on          TEXT,
    loaded_by        TEXT,
    policy           TEXT,
    loaded_at_us     BIGINT NOT NULL,
    recomputed_at_us BIGINT,
    PRIMARY KEY (name, version)
) WITHOUT ROWID;
