-- What cases charge to people's accounts as their forms stand, derived from the log. Who owes it is sealed under the case's key; `tag`
-- is a keyed hash of what tells a charge of the case from its others.
CREATE TABLE charges (
    case_id       TEXT COLLATE "C" NOT NULL,
    line          BIGINT NOT NULL,
    account       TEXT COLLATE "C" NOT NULL,
    sheet         TEXT COLLATE "C" NOT NULL,
    tag           BYTEA   NOT NULL,
    amount_cents  BIGINT NOT NULL,
    from_month    TEXT COLLATE "C" NOT NULL,
    clause        TEXT COLLATE "C" NOT NULL,
    held          BIGINT NOT NULL,
    charged_at_us BIGINT NOT NULL,
    sealed        BYTEA   NOT NULL,
    PRIMARY KEY (case_id, line)
);
CREATE INDEX charges_of_account ON charges (account);
-- Bonuses that were entered and months that were closed, in one order for each account. These rows are facts and never change: bonuses
-- entered again are a further row. Those of a month are sealed as one; a month that was closed has its people and takings below.
CREATE TABLE account_acts (
    policy         TEXT COLLATE "C" NOT NULL,
    account        TEXT COLLATE "C" NOT NULL,
    number         BIGINT NOT NULL,
    closes         BIGINT NOT NULL,
    month          TEXT COLLATE "C" NOT NULL,
    policy_version BIGINT NOT NULL,
    made_by        TEXT COLLATE "C" NOT NULL,
    made_at_us     BIGINT NOT NULL,
    format         TEXT COLLATE "C" NOT NULL,
    language       TEXT COLLATE "C" NOT NULL,
    people         BIGINT NOT NULL,
    content_hash   BYTEA,
    sealed         BYTEA,
    PRIMARY KEY (policy, account, number)
);
CREATE UNIQUE INDEX account_months_closed_once ON account_acts (policy, account, month) WHERE closes = 1;
-- A person of a closed month; who it is stands in the takings.
CREATE TABLE account_people (
    policy      TEXT COLLATE "C" NOT NULL,
    account     TEXT COLLATE "C" NOT NULL,
    number      BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    bonus_cents BIGINT,
    used_cents  BIGINT,
    room_cents  BIGINT NOT NULL,
    PRIMARY KEY (policy, account, number, person)
);
-- What a closed month took of a charge; below zero if it was given back.
CREATE TABLE account_takings (
    policy         TEXT COLLATE "C" NOT NULL,
    account        TEXT COLLATE "C" NOT NULL,
    number         BIGINT NOT NULL,
    line           BIGINT NOT NULL,
    person         BIGINT NOT NULL,
    case_id        TEXT COLLATE "C" NOT NULL,
    policy_version BIGINT NOT NULL,
    sheet          TEXT COLLATE "C" NOT NULL,
    tag            BYTEA   NOT NULL,
    amount_cents   BIGINT NOT NULL,
    before_cents   BIGINT NOT NULL,
    taken_cents    BIGINT NOT NULL,
    from_month     TEXT COLLATE "C" NOT NULL,
    clause         TEXT COLLATE "C" NOT NULL,
    charged_at_us  BIGINT NOT NULL,
    sealed         BYTEA   NOT NULL,
    PRIMARY KEY (policy, account, number, line)
);
CREATE UNIQUE INDEX account_takings_once ON account_takings (policy, account, case_id, tag, number);
