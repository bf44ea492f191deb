-- Files handed over by a call or a command: looked at first, or taken in at once.
CREATE TABLE batch (
    id            VARCHAR(40) PRIMARY KEY,
    source        VARCHAR(100) NOT NULL,
    namespace     VARCHAR(100) NOT NULL,
    file_sha256   VARCHAR(64) NOT NULL,
    name          VARCHAR(300) NOT NULL,
    size          BIGINT NOT NULL,
    format        VARCHAR(20),
    state         VARCHAR(20) NOT NULL,
    node          VARCHAR(64) NOT NULL,
    created_by    VARCHAR(200) NOT NULL,
    visible       VARCHAR(2000) NOT NULL,
    documents     INTEGER,
    next_document INTEGER NOT NULL,
    wish          VARCHAR(10),
    max_amount    NUMERIC(19, 4),
    max_currency  VARCHAR(3),
    problems      ${text},
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    checked_at    TIMESTAMP WITH TIME ZONE,
    asked_at      TIMESTAMP WITH TIME ZONE,
    finished_at   TIMESTAMP WITH TIME ZONE,
    UNIQUE (source, file_sha256)
);
CREATE INDEX batch_open ON batch (node, state);
CREATE INDEX batch_namespace ON batch (namespace, id);

-- What a look at a file said of each document, and what it would cost.
CREATE TABLE batch_row (
    batch_id       VARCHAR(40) NOT NULL REFERENCES batch,
    ordinal        INTEGER NOT NULL,
    first_row      BIGINT NOT NULL,
    last_row       BIGINT NOT NULL,
    namespace      VARCHAR(100),
    order_id       VARCHAR(200),
    order_uid      VARCHAR(40),
    content_sha256 VARCHAR(64),
    result         VARCHAR(20) NOT NULL,
    code           VARCHAR(100),
    problems       ${text},
    held           BOOLEAN NOT NULL,
    account        VARCHAR(100),
    carrier        VARCHAR(60),
    service        VARCHAR(100),
    amount         NUMERIC(19, 4),
    currency       VARCHAR(3),
    PRIMARY KEY (batch_id, ordinal)
);
CREATE INDEX batch_row_order ON batch_row (batch_id, order_id);
