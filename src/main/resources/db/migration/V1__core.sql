-- Every core table, once, for H2 and PostgreSQL. ${bytes} and ${text} are the stores' own large types.
-- Hub ids (ord_, shp_, evt_, ...) sort by time. Times come from the database's clock.

CREATE TABLE node (
    id            VARCHAR(64) PRIMARY KEY,
    epoch         BIGINT NOT NULL,
    version       VARCHAR(40),
    started_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    heartbeat_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    stopped_at    TIMESTAMP WITH TIME ZONE
);

CREATE TABLE api_key (
    id            VARCHAR(40) PRIMARY KEY,
    name          VARCHAR(200) NOT NULL,
    person        BOOLEAN NOT NULL,
    role          VARCHAR(40),
    secret_sha256 VARCHAR(64) NOT NULL UNIQUE,
    scopes        VARCHAR(500) NOT NULL,
    source        VARCHAR(100),
    namespaces    VARCHAR(2000) NOT NULL,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by    VARCHAR(200),
    expires_at    TIMESTAMP WITH TIME ZONE,
    revoked_at    TIMESTAMP WITH TIME ZONE,
    last_used_at  TIMESTAMP WITH TIME ZONE
);

CREATE TABLE audit_log (
    id            VARCHAR(40) PRIMARY KEY,
    happened_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    actor         VARCHAR(200) NOT NULL,
    act           VARCHAR(100) NOT NULL,
    entity_id     VARCHAR(200),
    namespace     VARCHAR(100),
    detail        ${text}
);

CREATE TABLE inbox (
    source        VARCHAR(100) NOT NULL,
    idem_key      VARCHAR(300) NOT NULL,
    body_sha256   VARCHAR(64) NOT NULL,
    order_uid     VARCHAR(40),
    result        VARCHAR(40) NOT NULL,
    problems      ${text},
    received_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (source, idem_key)
);

CREATE TABLE inbound_file (
    id              VARCHAR(40) PRIMARY KEY,
    source          VARCHAR(100) NOT NULL,
    purpose         VARCHAR(40) NOT NULL,
    file_sha256     VARCHAR(64) NOT NULL,
    name            VARCHAR(300) NOT NULL,
    archive_name    VARCHAR(300),
    size            BIGINT NOT NULL,
    state           VARCHAR(20) NOT NULL,
    mapping         VARCHAR(100),
    mapping_version INTEGER,
    documents_total INTEGER,
    ok              INTEGER NOT NULL,
    bad             INTEGER NOT NULL,
    next_document   INTEGER NOT NULL,
    drops           INTEGER NOT NULL,
    problems        ${text},
    received_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at     TIMESTAMP WITH TIME ZONE,
    owner           VARCHAR(64),
    lease_until     TIMESTAMP WITH TIME ZONE,
    UNIQUE (source, file_sha256)
);
CREATE INDEX inbound_file_state ON inbound_file (state, lease_until);

CREATE TABLE inbound_document (
    file_id       VARCHAR(40) NOT NULL REFERENCES inbound_file,
    ordinal       INTEGER NOT NULL,
    first_row     BIGINT NOT NULL,
    last_row      BIGINT NOT NULL,
    order_id      VARCHAR(200),
    order_uid     VARCHAR(40),
    result        VARCHAR(20) NOT NULL,
    code          VARCHAR(100),
    problems      ${text},
    recorded_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (file_id, ordinal)
);

CREATE TABLE mapping_version (
    name          VARCHAR(100) NOT NULL,
    version       INTEGER NOT NULL,
    sha256        VARCHAR(64) NOT NULL,
    text          ${text} NOT NULL,
    loaded_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (name, version)
);

CREATE TABLE orders (
    id              VARCHAR(40) PRIMARY KEY,
    namespace       VARCHAR(100) NOT NULL,
    order_id        VARCHAR(200) NOT NULL,
    revision        INTEGER NOT NULL,
    content_sha256  VARCHAR(64) NOT NULL,
    content         ${text} NOT NULL,
    effective       ${text} NOT NULL,
    release_rule    VARCHAR(20) NOT NULL,
    channel         VARCHAR(20) NOT NULL,
    source          VARCHAR(100) NOT NULL,
    mapping         VARCHAR(100),
    mapping_version INTEGER,
    recipient       VARCHAR(300),
    reference       VARCHAR(200),
    event_sequence  BIGINT NOT NULL,
    received_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    cancelled_at    TIMESTAMP WITH TIME ZONE,
    erased_at       TIMESTAMP WITH TIME ZONE,
    UNIQUE (namespace, order_id)
);
CREATE INDEX orders_received ON orders (namespace, received_at);
CREATE INDEX orders_reference ON orders (reference);

CREATE TABLE order_revision (
    order_uid       VARCHAR(40) NOT NULL REFERENCES orders,
    revision        INTEGER NOT NULL,
    content_sha256  VARCHAR(64) NOT NULL,
    content         ${text} NOT NULL,
    channel         VARCHAR(20) NOT NULL,
    source          VARCHAR(100) NOT NULL,
    mapping         VARCHAR(100),
    mapping_version INTEGER,
    recorded_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by     VARCHAR(200),
    PRIMARY KEY (order_uid, revision)
);

CREATE TABLE order_identifier (
    order_uid     VARCHAR(40) NOT NULL REFERENCES orders,
    ordinal       INTEGER NOT NULL,
    id_system     VARCHAR(100) NOT NULL,
    id_type       VARCHAR(100),
    id_value      VARCHAR(300) NOT NULL,
    PRIMARY KEY (order_uid, ordinal)
);
CREATE INDEX order_identifier_value ON order_identifier (id_value);

CREATE TABLE story (
    id            VARCHAR(40) PRIMARY KEY,
    order_uid     VARCHAR(40) NOT NULL REFERENCES orders,
    shipment_uid  VARCHAR(40),
    happened_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    what          VARCHAR(60) NOT NULL,
    actor         VARCHAR(200),
    detail        ${text}
);
CREATE INDEX story_order ON story (order_uid, id);

CREATE TABLE source_document (
    id            VARCHAR(40) PRIMARY KEY,
    source        VARCHAR(100) NOT NULL,
    channel       VARCHAR(20) NOT NULL,
    file_id       VARCHAR(40),
    ordinal       INTEGER,
    order_uid     VARCHAR(40),
    mapping       VARCHAR(100),
    media_type    VARCHAR(100),
    sha256        VARCHAR(64) NOT NULL,
    gzip          ${bytes} NOT NULL,
    received_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    erase_at      TIMESTAMP WITH TIME ZONE
);
CREATE INDEX source_document_order ON source_document (order_uid);
CREATE INDEX source_document_erase ON source_document (erase_at);

CREATE TABLE rejection (
    id            VARCHAR(40) PRIMARY KEY,
    source        VARCHAR(100) NOT NULL,
    namespace     VARCHAR(100),
    channel       VARCHAR(20) NOT NULL,
    order_id      VARCHAR(200),
    file_id       VARCHAR(40),
    ordinal       INTEGER,
    first_row     BIGINT,
    document_id   VARCHAR(40),
    problems      ${text} NOT NULL,
    rejected_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    replaced_by   VARCHAR(40),
    closed_at     TIMESTAMP WITH TIME ZONE
);
CREATE INDEX rejection_open ON rejection (source, closed_at, rejected_at);

CREATE TABLE shipment (
    id               VARCHAR(40) PRIMARY KEY,
    order_uid        VARCHAR(40) NOT NULL REFERENCES orders,
    seq              INTEGER NOT NULL,
    reason           VARCHAR(20) NOT NULL,
    request_key      VARCHAR(200),
    account          VARCHAR(100),
    carrier          VARCHAR(60),
    service          VARCHAR(100),
    parcels          ${text},
    label_format     VARCHAR(20) NOT NULL,
    label_size       VARCHAR(20) NOT NULL,
    label_dpi        INTEGER NOT NULL,
    state            VARCHAR(20) NOT NULL,
    fence            BIGINT NOT NULL,
    owner            VARCHAR(64),
    lease_until      TIMESTAMP WITH TIME ZONE,
    due              TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts         INTEGER NOT NULL,
    lookups          INTEGER NOT NULL,
    hold_reason      VARCHAR(60),
    waiting_for      VARCHAR(1000),
    carrier_shipment VARCHAR(200),
    problem          ${text},
    tracking_status  VARCHAR(30),
    tracking_at      TIMESTAMP WITH TIME ZONE,
    track_due        TIMESTAMP WITH TIME ZONE,
    void_due         TIMESTAMP WITH TIME ZONE,
    created_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    bought_at        TIMESTAMP WITH TIME ZONE,
    labelled_at      TIMESTAMP WITH TIME ZONE,
    voided_at        TIMESTAMP WITH TIME ZONE,
    audited_at       TIMESTAMP WITH TIME ZONE,
    imported         BOOLEAN NOT NULL,
    UNIQUE (order_uid, seq),
    UNIQUE (order_uid, request_key)
);
CREATE INDEX shipment_due ON shipment (state, due);
CREATE INDEX shipment_lease ON shipment (state, lease_until);
CREATE INDEX shipment_account ON shipment (account, state, due);
CREATE INDEX shipment_track ON shipment (track_due);

CREATE TABLE shipment_number (
    shipment_uid  VARCHAR(40) NOT NULL REFERENCES shipment,
    kind          VARCHAR(20) NOT NULL,
    parcel        INTEGER NOT NULL,
    number_value  VARCHAR(100) NOT NULL,
    first_seen    TIMESTAMP WITH TIME ZONE NOT NULL,
    replaced_at   TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (shipment_uid, kind, parcel, number_value)
);
CREATE INDEX shipment_number_value ON shipment_number (number_value);

CREATE TABLE purchase_attempt (
    ref            VARCHAR(40) PRIMARY KEY,
    shipment_uid   VARCHAR(40) NOT NULL REFERENCES shipment,
    attempt        INTEGER NOT NULL,
    purchase_key   VARCHAR(40) NOT NULL,
    order_number   VARCHAR(220) NOT NULL,
    account        VARCHAR(100) NOT NULL,
    fence          BIGINT NOT NULL,
    state          VARCHAR(20) NOT NULL,
    sent_by        VARCHAR(64) NOT NULL,
    request_bytes  ${bytes} NOT NULL,
    response_bytes ${bytes},
    words          VARCHAR(2000),
    open_slot      VARCHAR(40) UNIQUE,
    created_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_at     TIMESTAMP WITH TIME ZONE,
    carrier_shipment VARCHAR(200),
    UNIQUE (shipment_uid, attempt)
);
CREATE INDEX purchase_attempt_state ON purchase_attempt (state, created_at);

CREATE TABLE document (
    id            VARCHAR(40) PRIMARY KEY,
    shipment_uid  VARCHAR(40) NOT NULL REFERENCES shipment,
    kind          VARCHAR(40) NOT NULL,
    parcel        INTEGER NOT NULL,
    format        VARCHAR(20) NOT NULL,
    page_size     VARCHAR(20) NOT NULL,
    bytes         ${bytes},
    sha256        VARCHAR(64) NOT NULL,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    prints        INTEGER NOT NULL,
    erased_at     TIMESTAMP WITH TIME ZONE,
    UNIQUE (shipment_uid, kind, parcel, format, page_size)
);

CREATE TABLE quote (
    id            VARCHAR(40) PRIMARY KEY,
    shipment_uid  VARCHAR(40) REFERENCES shipment,
    order_uid     VARCHAR(40),
    account       VARCHAR(100) NOT NULL,
    carrier       VARCHAR(60) NOT NULL,
    service       VARCHAR(100) NOT NULL,
    amount        NUMERIC(19, 4),
    list_amount   NUMERIC(19, 4),
    currency      VARCHAR(3),
    parts         ${text},
    days          INTEGER,
    promised      DATE,
    excluded      VARCHAR(500),
    chosen        BOOLEAN NOT NULL,
    rule_name     VARCHAR(100),
    quoted_at     TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX quote_shipment ON quote (shipment_uid);

CREATE TABLE charge (
    id              VARCHAR(40) PRIMARY KEY,
    namespace       VARCHAR(100) NOT NULL,
    account         VARCHAR(100) NOT NULL,
    carrier         VARCHAR(60) NOT NULL,
    order_uid       VARCHAR(40),
    order_id        VARCHAR(200),
    shipment_uid    VARCHAR(40),
    parcel          INTEGER,
    tracking_number VARCHAR(100),
    side            VARCHAR(20) NOT NULL,
    kind            VARCHAR(30) NOT NULL,
    type            VARCHAR(30) NOT NULL,
    reason          VARCHAR(30),
    amount          NUMERIC(19, 4) NOT NULL,
    currency        VARCHAR(3) NOT NULL,
    tax_amount      NUMERIC(19, 4),
    carrier_category VARCHAR(100),
    carrier_detail  VARCHAR(100),
    carrier_class   VARCHAR(100),
    carrier_code    VARCHAR(100),
    carrier_text    VARCHAR(500),
    source          VARCHAR(30) NOT NULL,
    source_ref      VARCHAR(200),
    invoice_number  VARCHAR(100),
    invoice_line    INTEGER,
    match_rule      VARCHAR(60),
    cost_center     VARCHAR(100),
    department      VARCHAR(100),
    customer_refs   VARCHAR(1000),
    charge_event    VARCHAR(30),
    refund_state    VARCHAR(20),
    corrects        VARCHAR(40),
    occurred_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at     TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX charge_shipment ON charge (shipment_uid);
CREATE INDEX charge_order ON charge (order_uid);
CREATE INDEX charge_recorded ON charge (namespace, recorded_at);
CREATE INDEX charge_invoice ON charge (invoice_number, invoice_line);

CREATE TABLE tracking_event (
    id              VARCHAR(40) PRIMARY KEY,
    shipment_uid    VARCHAR(40) NOT NULL REFERENCES shipment,
    tracking_number VARCHAR(100) NOT NULL,
    status          VARCHAR(30) NOT NULL,
    sub_status      VARCHAR(100),
    reason          VARCHAR(200),
    code            VARCHAR(100) NOT NULL,
    text            VARCHAR(500),
    place           VARCHAR(200) NOT NULL,
    happened_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    source          VARCHAR(30) NOT NULL,
    applied         BOOLEAN NOT NULL,
    UNIQUE (shipment_uid, tracking_number, happened_at, code, place)
);
CREATE INDEX tracking_event_number ON tracking_event (tracking_number);

CREATE TABLE outbox (
    id            VARCHAR(40) PRIMARY KEY,
    sink          VARCHAR(100) NOT NULL,
    type          VARCHAR(60) NOT NULL,
    entity_id     VARCHAR(40) NOT NULL,
    sequence      BIGINT NOT NULL,
    namespace     VARCHAR(100) NOT NULL,
    subject       VARCHAR(200) NOT NULL,
    payload       ${text} NOT NULL,
    state         VARCHAR(20) NOT NULL,
    attempts      INTEGER NOT NULL,
    due           TIMESTAMP WITH TIME ZONE NOT NULL,
    owner         VARCHAR(64),
    lease_until   TIMESTAMP WITH TIME ZONE,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    sent_at       TIMESTAMP WITH TIME ZONE,
    last_error    VARCHAR(1000),
    UNIQUE (sink, type, entity_id, sequence)
);
CREATE INDEX outbox_due ON outbox (state, sink, due);
CREATE INDEX outbox_entity ON outbox (sink, entity_id, sequence);
CREATE INDEX outbox_order ON outbox (entity_id);

CREATE TABLE exception (
    id            VARCHAR(40) PRIMARY KEY,
    reason        VARCHAR(60) NOT NULL,
    namespace     VARCHAR(100) NOT NULL,
    source        VARCHAR(100),
    order_uid     VARCHAR(40),
    order_id      VARCHAR(200),
    shipment_uid  VARCHAR(40),
    subject_id    VARCHAR(200) NOT NULL,
    open_slot     VARCHAR(300) UNIQUE,
    problems      ${text} NOT NULL,
    field         VARCHAR(200),
    assignee      VARCHAR(200),
    occurrences   INTEGER NOT NULL,
    opened_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    due           TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at     TIMESTAMP WITH TIME ZONE,
    closed_by     VARCHAR(200),
    closing_fact  VARCHAR(200)
);
CREATE INDEX exception_open ON exception (closed_at, due);
CREATE INDEX exception_order ON exception (order_uid);

CREATE TABLE poll_cursor (
    name          VARCHAR(200) PRIMARY KEY,
    position      VARCHAR(500) NOT NULL,
    updated_at    TIMESTAMP WITH TIME ZONE NOT NULL
);
