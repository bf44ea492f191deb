-- Labels that were sold beside the chosen one, the audit of what was tried more than once, and what follows a void.

ALTER TABLE shipment ADD COLUMN rebuy BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE shipment ADD COLUMN audit_due TIMESTAMP WITH TIME ZONE;
CREATE INDEX shipment_audit ON shipment (account, audit_due);
UPDATE shipment SET audit_due = CURRENT_TIMESTAMP WHERE attempts > 1;

CREATE TABLE orphan (
    id               VARCHAR(40) PRIMARY KEY,
    shipment_uid     VARCHAR(40) NOT NULL REFERENCES shipment,
    ref              VARCHAR(40) NOT NULL REFERENCES purchase_attempt,
    account          VARCHAR(100) NOT NULL,
    carrier_shipment VARCHAR(200) NOT NULL,
    state            VARCHAR(20) NOT NULL,
    asks             INTEGER NOT NULL,
    due              TIMESTAMP WITH TIME ZONE NOT NULL,
    words            VARCHAR(2000),
    found_at         TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_at       TIMESTAMP WITH TIME ZONE,
    UNIQUE (account, carrier_shipment)
);
CREATE INDEX orphan_due ON orphan (account, state, due);
CREATE INDEX orphan_shipment ON orphan (shipment_uid);

INSERT INTO orphan (id, shipment_uid, ref, account, carrier_shipment, state, asks, due, found_at)
SELECT 'orp_' || MIN(ref), MIN(shipment_uid), MIN(ref), account, carrier_shipment, 'LIVE', 0, CURRENT_TIMESTAMP,
    MIN(created_at)
FROM purchase_attempt
WHERE state = 'ORPHAN' AND carrier_shipment IS NOT NULL
GROUP BY account, carrier_shipment;
