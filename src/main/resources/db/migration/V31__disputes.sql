-- What people decide about the findings of an audit, and what they claim back from a carrier.
CREATE TABLE dispute (
    id            VARCHAR(40) PRIMARY KEY,
    namespace     VARCHAR(100) NOT NULL,
    account       VARCHAR(100) NOT NULL,
    carrier       VARCHAR(60) NOT NULL,
    invoice_uid   VARCHAR(40) NOT NULL REFERENCES invoice,
    state         VARCHAR(20) NOT NULL,
    currency      VARCHAR(3) NOT NULL,
    claimed       NUMERIC(19, 4) NOT NULL,
    credited      NUMERIC(19, 4) NOT NULL,
    rejected      NUMERIC(19, 4) NOT NULL,
    deadline      DATE,
    words         VARCHAR(2000),
    opened_by     VARCHAR(200) NOT NULL,
    opened_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at     TIMESTAMP WITH TIME ZONE
);
CREATE INDEX dispute_invoice ON dispute (invoice_uid);
CREATE INDEX dispute_account ON dispute (account, state, id);

CREATE TABLE dispute_line (
    dispute_uid   VARCHAR(40) NOT NULL REFERENCES dispute,
    finding_id    VARCHAR(60) NOT NULL UNIQUE,
    invoice_line  INTEGER,
    shipment_uid  VARCHAR(40),
    tracking_number VARCHAR(100),
    rule_name     VARCHAR(60) NOT NULL,
    evidence      VARCHAR(1000) NOT NULL,
    claimed       NUMERIC(19, 4) NOT NULL,
    credited      NUMERIC(19, 4) NOT NULL,
    PRIMARY KEY (dispute_uid, finding_id)
);
CREATE INDEX dispute_line_shipment ON dispute_line (shipment_uid);
CREATE INDEX dispute_line_number ON dispute_line (tracking_number);

CREATE TABLE variance_decision (
    finding_id    VARCHAR(60) PRIMARY KEY,
    invoice_uid   VARCHAR(40) NOT NULL REFERENCES invoice,
    decision      VARCHAR(20) NOT NULL,
    reason        VARCHAR(500),
    decided_by    VARCHAR(200) NOT NULL,
    decided_at    TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX variance_decision_invoice ON variance_decision (invoice_uid);

ALTER TABLE invoice ADD COLUMN payments INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE invoice ADD COLUMN paid_by VARCHAR(200);
ALTER TABLE invoice ADD COLUMN paid_at TIMESTAMP WITH TIME ZONE;
