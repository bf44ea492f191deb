-- A database knows that it was restored, and which purchases have been looked up since.

CREATE TABLE restored (
    id            VARCHAR(40) PRIMARY KEY,
    backup        VARCHAR(500) NOT NULL,
    restored_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    restored_by   VARCHAR(200) NOT NULL,
    done_at       TIMESTAMP WITH TIME ZONE,
    done_by       VARCHAR(200)
);

CREATE TABLE restored_purchase (
    restored_id   VARCHAR(40) NOT NULL REFERENCES restored,
    shipment_uid  VARCHAR(40) NOT NULL REFERENCES shipment,
    result        VARCHAR(20) NOT NULL,
    looked_up_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (restored_id, shipment_uid)
);

CREATE INDEX audit_log_namespace ON audit_log (namespace, id);
CREATE INDEX orders_updated ON orders (erased_at, updated_at);
CREATE INDEX document_created ON document (erased_at, created_at);
