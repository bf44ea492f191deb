-- Files whose orders are priced by every account, to be compared; nothing of them is taken in or bought.
CREATE TABLE compared_sheet (
    id            VARCHAR(40) PRIMARY KEY,
    source        VARCHAR(100) NOT NULL,
    namespace     VARCHAR(100) NOT NULL,
    file_sha256   VARCHAR(64) NOT NULL,
    name          VARCHAR(300) NOT NULL,
    size          BIGINT NOT NULL,
    format        VARCHAR(20),
    most          INTEGER NOT NULL,
    state         VARCHAR(20) NOT NULL,
    node          VARCHAR(64) NOT NULL,
    created_by    VARCHAR(200) NOT NULL,
    visible       VARCHAR(2000) NOT NULL,
    documents     INTEGER,
    next_document INTEGER NOT NULL,
    problems      ${text},
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at   TIMESTAMP WITH TIME ZONE,
    UNIQUE (source, file_sha256, visible)
);
CREATE INDEX compared_sheet_open ON compared_sheet (node, state);
CREATE INDEX compared_sheet_namespace ON compared_sheet (namespace, id);

-- What each of their orders would cost by each way of choosing; the amounts stand apart where they are all known, in one currency.
CREATE TABLE compared_row (
    sheet_id   VARCHAR(40) NOT NULL REFERENCES compared_sheet,
    ordinal    INTEGER NOT NULL,
    first_row  BIGINT NOT NULL,
    last_row   BIGINT NOT NULL,
    namespace  VARCHAR(100),
    order_id   VARCHAR(200),
    result     VARCHAR(20) NOT NULL,
    skipped    ${text},
    problems   ${text},
    prices     ${text},
    currency   VARCHAR(3),
    today      NUMERIC(19, 4),
    cheapest   NUMERIC(19, 4),
    fastest    NUMERIC(19, 4),
    best_value NUMERIC(19, 4),
    PRIMARY KEY (sheet_id, ordinal)
);
CREATE INDEX compared_row_order ON compared_row (order_id);
