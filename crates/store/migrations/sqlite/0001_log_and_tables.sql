-- Instants are microseconds since 1970 UTC (`_at_us`), dates ISO text (`_on`), ids UUID text, JSON text.
-- INTEGER PRIMARY KEY is SQLite's own row id; every other column type is read alike by PostgreSQL.

-- The log. Only ever inserted into; docs/log-format.md fixes what `leaf` and `chain` commit to.
CREATE TABLE events (
    position       INTEGER PRIMARY KEY,
    case_id        TEXT   NOT NULL,
    seq            BIGINT NOT NULL,
    type           TEXT   NOT NULL,
    actor          TEXT,
    occurred_at_us BIGINT NOT NULL,
    recorded_at_us BIGINT NOT NULL,
    body           TEXT   NOT NULL,
    party_id       TEXT,
    sealed         BLOB,
    sealed_party   BLOB,
    leaf           BLOB   NOT NULL,
    chain          BLOB   NOT NULL,
    UNIQUE (case_id, seq)
);

-- Data keys wrapped by the master key; `wrapped` is NULL once erased.
CREATE TABLE keys (
    owner_kind    TEXT   NOT NULL,
    owner_id      TEXT   NOT NULL,
    wrapped       BLOB,
    created_at_us BIGINT NOT NULL,
    erased_at_us  BIGINT,
    PRIMARY KEY (owner_kind, owner_id)
);

CREATE TABLE number_series (
    series TEXT   NOT NULL,
    period TEXT   NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (series, period)
);

CREATE TABLE idempotency (
    principal     TEXT   NOT NULL,
    key           TEXT   NOT NULL,
    request_hash  BLOB   NOT NULL,
    status        BIGINT NOT NULL,
    body          TEXT   NOT NULL,
    expires_at_us BIGINT NOT NULL,
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at_us);

CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY,
    case_id       TEXT   NOT NULL,
    kind          TEXT   NOT NULL,
    payload       TEXT   NOT NULL,
    created_at_us BIGINT NOT NULL,
    due_at_us     BIGINT NOT NULL,
    attempts      BIGINT NOT NULL DEFAULT 0,
    done_at_us    BIGINT
);
CREATE INDEX outbox_waiting ON outbox (due_at_us) WHERE done_at_us IS NULL;

-- Derived from the log: the work list. `ordinal` is the log position of the opening event.
CREATE TABLE cases (
    ordinal        INTEGER PRIMARY KEY,
    case_id        TEXT   NOT NULL UNIQUE,
    seq            BIGINT NOT NULL,
    policy         TEXT   NOT NULL,
    policy_version BIGINT NOT NULL,
    kind           TEXT   NOT NULL,
    channel        TEXT   NOT NULL,
    step           TEXT,
    status         TEXT   NOT NULL,
    number         TEXT,
    subject        TEXT   NOT NULL,
    excerpt        TEXT   NOT NULL,
    customer       TEXT   NOT NULL,
    customer_name  TEXT   NOT NULL,
    taker          TEXT   NOT NULL,
    first_contact  TEXT   NOT NULL,
    lead_unit      TEXT,
    holder_unit    TEXT,
    holder_role    TEXT,
    holder_person  TEXT,
    opened_at_us   BIGINT NOT NULL,
    recorded_at_us BIGINT NOT NULL,
    sort_due_at_us BIGINT NOT NULL,
    due_clock      TEXT,
    due_since_us   BIGINT,
    due_on         TEXT,
    provisional    BIGINT
);
-- One seek per arm of an access predicate; the row id at the end of each index is `ordinal`.
CREATE INDEX cases_by_due           ON cases (status, sort_due_at_us);
CREATE INDEX cases_by_holder_unit   ON cases (holder_unit, status, sort_due_at_us) WHERE holder_unit IS NOT NULL;
CREATE INDEX cases_by_holder_role   ON cases (holder_role, status, sort_due_at_us) WHERE holder_role IS NOT NULL;
CREATE INDEX cases_by_holder_person ON cases (holder_person, status, sort_due_at_us) WHERE holder_person IS NOT NULL;
CREATE INDEX cases_by_lead_unit     ON cases (lead_unit, status, sort_due_at_us) WHERE lead_unit IS NOT NULL;
CREATE INDEX cases_by_taker         ON cases (taker, status, sort_due_at_us);
CREATE INDEX cases_by_first_contact ON cases (first_contact, status, sort_due_at_us);
CREATE INDEX cases_by_customer      ON cases (customer);
CREATE INDEX cases_by_number        ON cases (number) WHERE number IS NOT NULL;

-- Derived: every clock of every case, with the next thing it fires.
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
);
CREATE INDEX clocks_to_fire ON clocks (next_fire_at_us) WHERE next_fire_at_us IS NOT NULL;

-- Derived: customers and other parties. `contact_index` is a keyed hash, `display` a masked name.
CREATE TABLE parties (
    party_id      TEXT   PRIMARY KEY,
    display       TEXT   NOT NULL,
    contact_index BLOB,
    created_at_us BIGINT NOT NULL
);
CREATE INDEX parties_by_contact ON parties (contact_index) WHERE contact_index IS NOT NULL;

-- Derived: totals for reports.
CREATE TABLE counters (
    day_on TEXT   NOT NULL,
    unit   TEXT   NOT NULL,
    kind   TEXT   NOT NULL,
    what   TEXT   NOT NULL,
    total  BIGINT NOT NULL,
    PRIMARY KEY (day_on, unit, kind, what)
);

-- Derived: full text over tokens that come already segmented and folded; the row id is `cases.ordinal`.
-- No readable copy is kept. Every byte above ASCII belongs to a token, so the tokeniser only splits at spaces.
CREATE VIRTUAL TABLE search USING fts5(tokens, content = '', contentless_delete = 1, tokenize = 'ascii');

-- The proof: chain heads in the order they were sealed, the nodes of their Merkle tree, signed checkpoints.
CREATE TABLE merkle_leaves (
    leaf_index INTEGER PRIMARY KEY,
    stream     TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    chain      BLOB   NOT NULL
);
CREATE INDEX merkle_leaves_by_stream ON merkle_leaves (stream, seq);
CREATE TABLE merkle_nodes (
    level      BIGINT NOT NULL,
    node_index BIGINT NOT NULL,
    hash       BLOB   NOT NULL,
    PRIMARY KEY (level, node_index)
);
CREATE TABLE checkpoints (
    size           INTEGER PRIMARY KEY,
    position       BIGINT NOT NULL,
    audit_position BIGINT NOT NULL,
    signed_at_us   BIGINT NOT NULL,
    note           TEXT   NOT NULL
);

-- The organisation.
CREATE TABLE units (
    unit_id TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    parent  TEXT,
    head    TEXT
);
CREATE TABLE persons (
    person_id TEXT   PRIMARY KEY,
    name      TEXT   NOT NULL,
    unit      TEXT   NOT NULL,
    active    BIGINT NOT NULL
);
CREATE TABLE positions (
    person_id TEXT NOT NULL,
    position  TEXT NOT NULL,
    PRIMARY KEY (person_id, position)
);

-- Accounts and sessions. Only hashes of passwords and tokens are kept.
CREATE TABLE accounts (
    account_id    TEXT   PRIMARY KEY,
    login         TEXT   NOT NULL UNIQUE,
    person_id     TEXT,
    roles         TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    active        BIGINT NOT NULL,
    created_at_us BIGINT NOT NULL
);
CREATE TABLE sessions (
    token_hash      BLOB   PRIMARY KEY,
    account_id      TEXT   NOT NULL,
    created_at_us   BIGINT NOT NULL,
    seen_at_us      BIGINT NOT NULL,
    expires_at_us   BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at_us);
CREATE TABLE invitations (
    token_hash    BLOB   PRIMARY KEY,
    person_id     TEXT   NOT NULL,
    roles         TEXT   NOT NULL,
    expires_at_us BIGINT NOT NULL,
    used_at_us    BIGINT
);

-- Published policies never change: the files, their hash, and the day from which they hold.
CREATE TABLE policy_versions (
    policy          TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    files           TEXT   NOT NULL,
    files_hash      BLOB   NOT NULL,
    effective_on    TEXT   NOT NULL,
    published_by    TEXT   NOT NULL,
    published_at_us BIGINT NOT NULL,
    PRIMARY KEY (policy, version)
);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Denials, openings of what is sealed, sign-ins. Chained like a case's events.
CREATE TABLE audits (
    position INTEGER PRIMARY KEY,
    at_us    BIGINT NOT NULL,
    account  TEXT,
    action   TEXT   NOT NULL,
    case_id  TEXT,
    verdict  TEXT   NOT NULL,
    detail   TEXT   NOT NULL,
    chain    BLOB   NOT NULL
);
CREATE INDEX audits_by_case ON audits (case_id) WHERE case_id IS NOT NULL;
