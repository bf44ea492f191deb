-- What is asked back for labels that were given back: four amounts and a life of its own, one row for each label.
CREATE TABLE refund (
    id            VARCHAR(40) PRIMARY KEY,
    namespace     VARCHAR(100) NOT NULL,
    account       VARCHAR(100) NOT NULL,
    carrier       VARCHAR(60) NOT NULL,
    order_uid     VARCHAR(40) NOT NULL,
    order_id      VARCHAR(200) NOT NULL,
    shipment_uid  VARCHAR(40) NOT NULL REFERENCES shipment,
    carrier_shipment VARCHAR(200) NOT NULL,
    ref           VARCHAR(40) NOT NULL,
    orphan        BOOLEAN NOT NULL,
    state         VARCHAR(20) NOT NULL,
    currency      VARCHAR(3),
    paid          NUMERIC(19, 4),
    requested     NUMERIC(19, 4),
    approved      NUMERIC(19, 4),
    credited      NUMERIC(19, 4) NOT NULL,
    credited_by   VARCHAR(200),
    words         VARCHAR(2000),
    requested_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_at    TIMESTAMP WITH TIME ZONE,
    credited_at   TIMESTAMP WITH TIME ZONE,
    due           TIMESTAMP WITH TIME ZONE,
    UNIQUE (account, carrier_shipment)
);
CREATE INDEX refund_due ON refund (account, due);
CREATE INDEX refund_shipment ON refund (shipment_uid);
CREATE INDEX refund_state ON refund (state, id);
