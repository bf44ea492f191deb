-- Each purchase writes an order's and a shipment's row a few times. What is empty in most rows stands in no index, and an order's row
-- has room for its next version beside it, so that its indexes need not hear of it.

DROP INDEX shipment_lease;
CREATE INDEX shipment_lease ON shipment (state, lease_until) WHERE lease_until IS NOT NULL;
DROP INDEX shipment_audit;
CREATE INDEX shipment_audit ON shipment (account, audit_due) WHERE audit_due IS NOT NULL;
DROP INDEX shipment_track;
CREATE INDEX shipment_track ON shipment (account, track_due) WHERE track_due IS NOT NULL;
DROP INDEX shipment_held;
CREATE INDEX shipment_held ON shipment (hold_reason, due) WHERE hold_reason IS NOT NULL;
DROP INDEX shipment_manifest;
CREATE INDEX shipment_manifest ON shipment (manifest_id) WHERE manifest_id IS NOT NULL;
DROP INDEX shipment_tracking;
CREATE INDEX shipment_tracking ON shipment (tracking_status, order_uid) WHERE tracking_status IS NOT NULL;
DROP INDEX orders_reference;
CREATE INDEX orders_reference ON orders (reference) WHERE reference IS NOT NULL;

ALTER TABLE orders SET (fillfactor = 80);
