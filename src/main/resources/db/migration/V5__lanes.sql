-- Whose turn it is: orders of one source wait in one lane, those a caller waits for (0) before those from files and tables (1).

ALTER TABLE shipment ADD COLUMN lane VARCHAR(210) DEFAULT '1' NOT NULL;

UPDATE shipment
SET lane = (SELECT CASE WHEN o.channel = 'api' THEN '0' ELSE '1' END || o.namespace || '/' || o.source
            FROM orders o WHERE o.id = shipment.order_uid);

CREATE INDEX shipment_lane ON shipment (account, state, lane, due);
