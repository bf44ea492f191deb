-- whom an attempt was made for, so that a day's purchases can be counted from the attempts themselves
ALTER TABLE purchase_attempt ADD COLUMN source VARCHAR(100);
ALTER TABLE purchase_attempt ADD COLUMN namespace VARCHAR(100);
ALTER TABLE purchase_attempt ADD COLUMN labels INTEGER;
CREATE INDEX purchase_attempt_source ON purchase_attempt (source, created_at);
CREATE INDEX purchase_attempt_namespace ON purchase_attempt (namespace, created_at);

-- one row for each scope of a spending limit: whoever counts holds it until its purchase is in the count
CREATE TABLE spending_scope (
    name          VARCHAR(220) PRIMARY KEY
);

-- a carrier account that buys nothing; account * stops them all
CREATE TABLE account_stop (
    account       VARCHAR(100) PRIMARY KEY,
    reason        VARCHAR(500),
    stopped_by    VARCHAR(200) NOT NULL,
    stopped_at    TIMESTAMP WITH TIME ZONE NOT NULL
);

-- who is signed in with a browser: only the sha256 of what its cookie holds
CREATE TABLE session (
    id_sha256     VARCHAR(64) PRIMARY KEY,
    key_id        VARCHAR(40) NOT NULL REFERENCES api_key,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at      TIMESTAMP WITH TIME ZONE
);
CREATE INDEX session_created ON session (created_at);
