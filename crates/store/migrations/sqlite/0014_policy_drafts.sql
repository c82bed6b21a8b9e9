-- Drafts of a policy's next version. `revision` counts what was done with a draft, so that of two who change one only the first does;
-- `files_hash` says which state of the files a comment or an answer is about. A draft is open until it is published or withdrawn.
CREATE TABLE policy_drafts (
    draft_id          TEXT PRIMARY KEY,
    policy            TEXT NOT NULL,
    files             TEXT NOT NULL,
    files_hash        BLOB NOT NULL,
    revision          BIGINT NOT NULL,
    drafted_by        TEXT NOT NULL,
    drafted_at_us     BIGINT NOT NULL,
    changed_by        TEXT NOT NULL,
    changed_at_us     BIGINT NOT NULL,
    published_version BIGINT,
    ended_by          TEXT,
    ended_at_us       BIGINT
) WITHOUT ROWID;
CREATE TABLE policy_draft_comments (
    draft_id   TEXT NOT NULL,
    number     BIGINT NOT NULL,
    said_by    TEXT NOT NULL,
    said_at_us BIGINT NOT NULL,
    clause     TEXT,
    said       TEXT NOT NULL,
    files_hash BLOB NOT NULL,
    PRIMARY KEY (draft_id, number)
) WITHOUT ROWID;
-- Whose consent is asked for, and what was answered to which state of the files.
CREATE TABLE policy_draft_consents (
    draft_id       TEXT NOT NULL,
    person_id      TEXT NOT NULL,
    asked_by       TEXT NOT NULL,
    asked_at_us    BIGINT NOT NULL,
    consents       BIGINT,
    reason         TEXT,
    answered_at_us BIGINT,
    files_hash     BLOB,
    PRIMARY KEY (draft_id, person_id)
) WITHOUT ROWID;
