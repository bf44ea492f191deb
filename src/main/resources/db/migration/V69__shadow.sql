-- What came by a source that is only looked at. Nothing here is an order: no shipment refers to it and nothing claims it.
-- effective: null when it would be none. price_state: WAITING to be rated, PRICED, NONE.
CREATE TABLE shadow_document (
    id            VARCHAR(40) PRIMARY KEY,
    source        VARCHAR(100) NOT NULL,
    document_key  VARCHAR(400) NOT NULL,
    namespace     VARCHAR(100) NOT NULL,
    order_id      VARCHAR(200),
    channel       VARCHAR(40) NOT NULL,
    effective     ${text},
    problems      ${text},
    price_state   VARCHAR(20) NOT NULL,
    carrier       VARCHAR(100),
    service       VARCHAR(100),
    amount        NUMERIC(19, 4),
    currency      VARCHAR(3),
    times         INTEGER NOT NULL,
    received_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at    TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE UNIQUE INDEX shadow_document_key ON shadow_document (source, document_key);
CREATE INDEX shadow_document_order ON shadow_document (namespace, order_id);
CREATE INDEX shadow_document_price ON shadow_document (price_state, id);
