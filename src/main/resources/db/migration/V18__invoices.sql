-- Carriers' invoices. A file is read whole and proves itself before anything of it is shown; then its lines are matched
-- to shipments, become charges of the side billed, and are audited.

CREATE TABLE invoice_file (
    id            VARCHAR(40) PRIMARY KEY,
    account       VARCHAR(100) NOT NULL,
    layout        VARCHAR(100) NOT NULL,
    name          VARCHAR(300) NOT NULL,
    file_sha256   VARCHAR(64) NOT NULL,
    state         VARCHAR(20) NOT NULL,
    documents     INTEGER NOT NULL,
    owner         VARCHAR(64) NOT NULL,
    lease_until   TIMESTAMP WITH TIME ZONE NOT NULL,
    received_by   VARCHAR(200) NOT NULL,
    received_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at   TIMESTAMP WITH TIME ZONE,
    UNIQUE (account, layout, file_sha256)
);

CREATE TABLE invoice (
    id            VARCHAR(40) PRIMARY KEY,
    file_uid      VARCHAR(40) NOT NULL REFERENCES invoice_file,
    namespace     VARCHAR(100) NOT NULL,
    account       VARCHAR(100) NOT NULL,
    carrier       VARCHAR(60) NOT NULL,
    number        VARCHAR(100) NOT NULL,
    revision      INTEGER,
    invoice_date  DATE,
    currency      VARCHAR(3) NOT NULL,
    stated_total  NUMERIC(19, 4),
    total         NUMERIC(19, 4),
    expected      NUMERIC(19, 4),
    line_count    INTEGER NOT NULL,
    state         VARCHAR(20) NOT NULL,
    next_line     INTEGER NOT NULL,
    not_checked   ${text},
    imported_by   VARCHAR(200) NOT NULL,
    imported_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    approved_by   VARCHAR(200),
    approved_at   TIMESTAMP WITH TIME ZONE,
    posted_by     VARCHAR(200),
    posted_at     TIMESTAMP WITH TIME ZONE,
    UNIQUE (file_uid, number),
    UNIQUE (account, number, revision)
);
CREATE INDEX invoice_namespace ON invoice (namespace, id);

CREATE TABLE invoice_line (
    invoice_uid     VARCHAR(40) NOT NULL REFERENCES invoice,
    line            INTEGER NOT NULL,
    file_row        BIGINT NOT NULL,
    account_number  VARCHAR(100),
    tracking_number VARCHAR(100),
    original_number VARCHAR(100),
    lead_number     VARCHAR(100),
    customer_refs   VARCHAR(1000),
    ship_date       DATE,
    delivered_on    DATE,
    service         VARCHAR(100),
    zone            VARCHAR(40),
    entered_weight  NUMERIC(19, 4),
    billed_weight   NUMERIC(19, 4),
    weight_unit     VARCHAR(10),
    weight_type     VARCHAR(20),
    dimensions      VARCHAR(100),
    kind            VARCHAR(30) NOT NULL,
    type            VARCHAR(30) NOT NULL,
    reason          VARCHAR(30),
    amount          NUMERIC(19, 4) NOT NULL,
    exchange_rate   NUMERIC(19, 8),
    carrier_category VARCHAR(100),
    carrier_detail  VARCHAR(100),
    carrier_class   VARCHAR(100),
    carrier_code    VARCHAR(100),
    carrier_text    VARCHAR(500),
    fingerprint     VARCHAR(64) NOT NULL,
    copies          INTEGER NOT NULL,
    shipment_uid    VARCHAR(40),
    match_rule      VARCHAR(60),
    bucket          VARCHAR(30),
    PRIMARY KEY (invoice_uid, line)
);
CREATE INDEX invoice_line_shipment ON invoice_line (shipment_uid, invoice_uid, line);
CREATE INDEX invoice_line_fingerprint ON invoice_line (fingerprint);
CREATE INDEX invoice_line_bucket ON invoice_line (invoice_uid, bucket);

CREATE TABLE invoice_finding (
    id            VARCHAR(60) PRIMARY KEY,
    invoice_uid   VARCHAR(40) NOT NULL REFERENCES invoice,
    rule_name     VARCHAR(60) NOT NULL,
    shipment_uid  VARCHAR(40),
    tracking_number VARCHAR(100),
    line          INTEGER,
    amount        NUMERIC(19, 4) NOT NULL,
    claim         NUMERIC(19, 4) NOT NULL,
    evidence      VARCHAR(1000) NOT NULL
);
CREATE INDEX invoice_finding_rule ON invoice_finding (invoice_uid, rule_name);

CREATE INDEX purchase_attempt_number ON purchase_attempt (order_number);
