-- Derived: what is kept of the receipt code by which a customer follows his case, in hexadecimal digits. A case that the
-- customer brought in himself has neither taker nor first contact until somebody accepts it; both are empty then.
ALTER TABLE cases ADD COLUMN receipt TEXT COLLATE "C";
CREATE INDEX cases_by_receipt ON cases (receipt) WHERE receipt IS NOT NULL;

-- Sessions of customers, each on one case. They end with the code that opened them.
CREATE TABLE portal_sessions (
    token_hash    BYTEA  NOT NULL,
    case_id       TEXT COLLATE "C" NOT NULL,
    receipt       TEXT COLLATE "C" NOT NULL,
    seen_at_us    BIGINT NOT NULL,
    expires_at_us BIGINT NOT NULL,
    PRIMARY KEY (token_hash)
);
CREATE INDEX portal_sessions_by_expiry ON portal_sessions (expires_at_us);
