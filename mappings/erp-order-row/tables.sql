-- What routes/sources/acme-erp.yaml, acme-erp-log.yaml and routes/sinks/acme-erp-order.yaml, acme-erp.yaml work on: an example, for
-- PostgreSQL, MySQL, MariaDB and H2. The last is what a warehouse packed, for routes/sources/acme-packed.yaml.
CREATE TABLE erp_order (
    order_no         VARCHAR(40) PRIMARY KEY,
    status           VARCHAR(20) NOT NULL,
    recipient        VARCHAR(100),
    street           VARCHAR(100),
    city             VARCHAR(100),
    state            VARCHAR(40),
    zip              VARCHAR(20),
    country          VARCHAR(40),
    phone            VARCHAR(40),
    service          VARCHAR(40),
    sku              VARCHAR(40),
    qty              INTEGER,
    weight_g         DECIMAL(9, 2),
    waybill_result   VARCHAR(500),
    shipment_id      VARCHAR(40),
    carrier          VARCHAR(40),
    tracking_numbers VARCHAR(500),
    label_cost       DECIMAL(19, 4),
    label_currency   VARCHAR(3)
);
CREATE TABLE erp_order_log (
    id               BIGINT PRIMARY KEY,
    order_no         VARCHAR(40) NOT NULL,
    status           VARCHAR(20) NOT NULL,
    recipient        VARCHAR(100),
    street           VARCHAR(100),
    city             VARCHAR(100),
    state            VARCHAR(40),
    zip              VARCHAR(20),
    country          VARCHAR(40),
    phone            VARCHAR(40),
    service          VARCHAR(40),
    sku              VARCHAR(40),
    qty              INTEGER,
    weight_g         DECIMAL(9, 2)
);
CREATE TABLE label_cost (
    event_id         VARCHAR(40) NOT NULL,
    line_no          INTEGER NOT NULL,
    order_id         VARCHAR(40) NOT NULL,
    shipment_id      VARCHAR(40),
    tracking_number  VARCHAR(100),
    charge_type      VARCHAR(40) NOT NULL,
    amount           DECIMAL(19, 4) NOT NULL,
    currency         VARCHAR(3) NOT NULL,
    cost_centre      VARCHAR(40),
    PRIMARY KEY (event_id, line_no)
);
CREATE TABLE wms_packed (
    order_no         VARCHAR(40) PRIMARY KEY,
    weights_g        VARCHAR(500) NOT NULL,
    packed_taken     TIMESTAMP NULL,
    packed_result    VARCHAR(500)
)
