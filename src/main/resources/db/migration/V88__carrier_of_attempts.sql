-- Only the carrier a purchase was sent to is asked what became of it, whichever its account has later. Of those of before it is known
-- where their shipment stands at that account still, and of orphans; filled is what may be sent elsewhere next.

ALTER TABLE purchase_attempt ADD COLUMN carrier VARCHAR(60);
UPDATE purchase_attempt SET carrier =
    (SELECT s.carrier FROM shipment s WHERE s.id = purchase_attempt.shipment_uid AND s.account = purchase_attempt.account)
WHERE shipment_uid IN (SELECT s.id FROM shipment s
    WHERE s.state IN ('HELD', 'CHOOSING', 'READY', 'REFUSED', 'BUYING', 'UNKNOWN', 'REVIEW', 'BOUGHT', 'VOIDING', 'CANCELLED'));
UPDATE purchase_attempt SET carrier =
    COALESCE((SELECT MAX(o.carrier) FROM orphan o
              WHERE o.shipment_uid = purchase_attempt.shipment_uid AND o.ref = purchase_attempt.ref
                  AND o.account = purchase_attempt.account), carrier)
WHERE ref IN (SELECT o.ref FROM orphan o);
