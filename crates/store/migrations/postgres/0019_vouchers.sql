-- The vouchers of cases as their forms stand, derived from the log. An identifier names what a row is about, so it is sealed under the
-- case's key; `tag` is a keyed hash of it, by which it is found.
CREATE TABLE vouchers (
    case_id       TEXT COLLATE "C" NOT NULL,
    line          BIGINT NOT NULL,
    voucher       TEXT COLLATE "C" NOT NULL,
    tag           BYTEA NOT NULL,
    amount_cents  BIGINT NOT NULL,
    held          BIGINT NOT NULL,
    settled_at_us BIGINT NOT NULL,
    sealed        BYTEA NOT NULL,
    PRIMARY KEY (case_id, line)
);
-- What was handed over to the accounting system, run by run. These rows are facts, not derived, and never change.
CREATE TABLE voucher_runs (
    number       BIGINT NOT NULL PRIMARY KEY,
    made_by      TEXT COLLATE "C" NOT NULL,
    made_at_us   BIGINT NOT NULL,
    format       TEXT COLLATE "C" NOT NULL,
    language     TEXT COLLATE "C" NOT NULL,
    handed_over  BIGINT NOT NULL,
    content_hash BYTEA NOT NULL
);
-- `nth` counts the vouchers under one identifier: each change of an amount is a counter-voucher and a new one.
CREATE TABLE vouchers_handed_over (
    run            BIGINT NOT NULL,
    line           BIGINT NOT NULL,
    case_id        TEXT COLLATE "C" NOT NULL,
    policy         TEXT COLLATE "C" NOT NULL,
    policy_version BIGINT NOT NULL,
    voucher        TEXT COLLATE "C" NOT NULL,
    tag            BYTEA NOT NULL,
    nth            BIGINT NOT NULL,
    amount_cents   BIGINT NOT NULL,
    reverses       BIGINT,
    settled_at_us  BIGINT NOT NULL,
    sealed         BYTEA NOT NULL,
    PRIMARY KEY (run, line)
);
CREATE UNIQUE INDEX vouchers_handed_over_once ON vouchers_handed_over (tag, nth);
CREATE INDEX vouchers_handed_over_of_case ON vouchers_handed_over (case_id, tag, amount_cents);
