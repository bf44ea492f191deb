-- A day's parcels handed over in one paper. Written before the carrier is asked, so that no shipment is in two.
CREATE TABLE manifest (
    id           VARCHAR(40) PRIMARY KEY,
    account      VARCHAR(64) NOT NULL,
    ship_day     DATE NOT NULL,
    state        VARCHAR(20) NOT NULL,
    number_value VARCHAR(200),
    words        VARCHAR(1000),
    created_by   VARCHAR(200) NOT NULL,
    created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at    TIMESTAMP WITH TIME ZONE
);
CREATE INDEX manifest_account ON manifest (account, created_at);
CREATE TABLE manifest_paper (
    manifest_id VARCHAR(40) NOT NULL REFERENCES manifest,
    ordinal     INTEGER NOT NULL,
    format      VARCHAR(20) NOT NULL,
    bytes       ${bytes} NOT NULL,
    PRIMARY KEY (manifest_id, ordinal)
);
ALTER TABLE shipment ADD COLUMN manifest_id VARCHAR(40);
CREATE INDEX shipment_manifest ON shipment (manifest_id);
