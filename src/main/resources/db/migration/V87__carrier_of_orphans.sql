-- Only the carrier that sold a label is asked to take it back, whichever its account has later.

ALTER TABLE orphan ADD COLUMN carrier VARCHAR(60);
UPDATE orphan SET carrier =
    (SELECT s.carrier FROM shipment s WHERE s.id = orphan.shipment_uid AND s.account = orphan.account);
