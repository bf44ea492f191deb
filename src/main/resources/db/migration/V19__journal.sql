-- What was handed to the books: entries with ids of their own, each once, debits equal to credits in every currency.

CREATE TABLE journal_line (
    entry_id      VARCHAR(200) NOT NULL,
    line          INTEGER NOT NULL,
    namespace     VARCHAR(100) NOT NULL,
    account       VARCHAR(100) NOT NULL,
    kind          VARCHAR(20) NOT NULL,
    posting_date  DATE NOT NULL,
    document_date DATE,
    invoice_number VARCHAR(100),
    invoice_line  INTEGER,
    order_id      VARCHAR(200),
    text          VARCHAR(500),
    gl_account    VARCHAR(60) NOT NULL,
    cost_center   VARCHAR(100),
    debit         NUMERIC(19, 4) NOT NULL,
    credit        NUMERIC(19, 4) NOT NULL,
    currency      VARCHAR(3) NOT NULL,
    tax_code      VARCHAR(20),
    shipment_uid  VARCHAR(40),
    tracking_number VARCHAR(100),
    posted_by     VARCHAR(200) NOT NULL,
    recorded_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (entry_id, line)
);
CREATE INDEX journal_line_shipment ON journal_line (shipment_uid);
