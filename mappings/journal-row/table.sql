-- The table routes/sinks/acme-journal.yaml fills; its key makes every line of an entry stand there once.
CREATE TABLE journal (
    entry_id        VARCHAR(200) NOT NULL,
    line_no         INTEGER NOT NULL,
    kind            VARCHAR(20),
    company_code    VARCHAR(100),
    posting_date    DATE,
    document_date   DATE,
    period          VARCHAR(7),
    invoice_no      VARCHAR(100),
    assignment      VARCHAR(200),
    text            VARCHAR(500),
    gl_account      VARCHAR(60) NOT NULL,
    cost_center     VARCHAR(100),
    debit           DECIMAL(19, 4) NOT NULL,
    credit          DECIMAL(19, 4) NOT NULL,
    currency        VARCHAR(3) NOT NULL,
    tax_code        VARCHAR(20),
    tax_amount      DECIMAL(19, 4),
    shipment_id     VARCHAR(40),
    tracking_number VARCHAR(100),
    invoice_line    INTEGER,
    PRIMARY KEY (entry_id, line_no)
)
