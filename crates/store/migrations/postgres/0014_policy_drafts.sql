-- Drafts of a policy's next version. `revision` counts what was done with a draft, so that of two who change one only the first does;
-- `files_hash` says which state of the files a comment or an answer is about. A draft is open until it is published or withdrawn.
CREATE TABLE policy_drafts (
    draft_id          TEXT COLLATE "C" PRIMARY KEY,
    policy            TEXT COLLATE "C" NOT NULL,
    files             TEXT COLLATE "C" NOT NULL,
    files_hash        BYTEA NOT NULL,
    revision          BIGINT NOT NULL,
    drafted_by        TEXT COLLATE "C" NOT NULL,
    drafted_at_us     BIGINT NOT NULL,
    changed_by        TEXT COLLATE "C" NOT NULL,
    changed_at_us     BIGINT NOT NULL,
    published_version BIGINT,
    ended_by          TEXT COLLATE "C",
    ended_at_us       BIGINT
);
CREATE TABLE policy_draft_comments (
    draft_id   TEXT COLLATE "C" NOT NULL,
    number     BIGINT NOT NULL,
    said_by    TEXT COLLATE "C" NOT NULL,
    said_at_us BIGINT NOT NULL,
    clause     TEXT COLLATE "C",
    said       TEXT COLLATE "C" NOT NULL,
    files_hash BYTEA NOT NULL,
    PRIMARY KEY (draft_id, number)
);
-- Whose consent is asked for, and what was answered to which state of the files.
CREATE TABLE policy_draft_consents (
    draft_id       TEXT COLLATE "C" NOT NULL,
    person_id      TEXT COLLATE "C" NOT NULL,
    asked_by       TEXT COLLATE "C" NOT NULL,
    asked_at_us    BIGINT NOT NULL,
    consents       BIGINT,
    reason         TEXT COLLATE "C",
    answered_at_us BIGINT,
    files_hash     BYTEA,
    PRIMARY KEY (draft_id, person_id)
);
