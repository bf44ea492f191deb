-- Carriers are asked account by account, so that one that hangs holds up no other.
DROP INDEX shipment_track;
CREATE INDEX shipment_track ON shipment (account, track_due);
