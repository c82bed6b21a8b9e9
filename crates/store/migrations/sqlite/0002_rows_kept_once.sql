-- A table with a key of its own is its own index: each row is written once, not twice. Its columns stay as they are.
-- Only SQLite needs this step.

ALTER TABLE keys RENAME TO keys_before;
CREATE TABLE keys (
    owner_kind    TEXT   NOT NULL,
    owner_id      TEXT   NOT NULL,
    wrapped       BLOB,
    created_at_us BIGINT NOT NULL,
    erased_at_us  BIGINT,
    PRIMARY KEY (owner_kind, owner_id)
) WITHOUT ROWID;
INSERT INTO keys SELECT * FROM keys_before;
DROP TABLE keys_before;

ALTER TABLE idempotency RENAME TO idempotency_before;
CREATE TABLE idempotency (
    principal     TEXT   NOT NULL,
    key           TEXT   NOT NULL,
    request_hash  BLOB   NOT NULL,
    status        BIGINT NOT NULL,
    body          TEXT   NOT NULL,
    expires_at_us BIGINT NOT NULL,
    PRIMARY KEY (principal, key)
) WITHOUT ROWID;
INSERT INTO idempotency SELECT * FROM idempotency_before;
DROP TABLE idempotency_before;
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at_us);

ALTER TABLE clocks RENAME TO clocks_before;
CREATE TABLE clocks (
    case_id         TEXT   NOT NULL,
    clock           TEXT   NOT NULL,
    generation      BIGINT NOT NULL,
    state           TEXT   NOT NULL,
    started_at_us   BIGINT NOT NULL,
    due_at_us       BIGINT,
    due_on          TEXT,
    provisional     BIGINT NOT NULL,
    clause          TEXT   NOT NULL,
    next_firing     TEXT,
    next_fire_at_us BIGINT,
    PRIMARY KEY (case_id, clock)
) WITHOUT ROWID;
INSERT INTO clocks SELECT * FROM clocks_before;
DROP TABLE clocks_before;
CREATE INDEX clocks_to_fire ON clocks (next_fire_at_us) WHERE next_fire_at_us IS NOT NULL;

ALTER TABLE counters RENAME TO counters_before;
CREATE TABLE counters (
    day_on TEXT   NOT NULL,
    unit   TEXT   NOT NULL,
    kind   TEXT   NOT NULL,
    what   TEXT   NOT NULL,
    total  BIGINT NOT NULL,
    PRIMARY KEY (day_on, unit, kind, what)
) WITHOUT ROWID;
INSERT INTO counters SELECT * FROM counters_before;
DROP TABLE counters_before;

ALTER TABLE number_series RENAME TO number_series_before;
CREATE TABLE number_series (
    series TEXT   NOT NULL,
    period TEXT   NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (series, period)
) WITHOUT ROWID;
INSERT INTO number_series SELECT * FROM number_series_before;
DROP TABLE number_series_before;

-- Whoever took a case in is in most cases the first contact too, and is found as taker.
DROP INDEX cases_by_first_contact;
CREATE INDEX cases_by_first_contact ON cases (first_contact, status, sort_due_at_us) WHERE first_contact <> taker;
