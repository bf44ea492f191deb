-- What a rejection is known by (source/key of the document), and the ways it is found again.
ALTER TABLE rejection ADD COLUMN subject VARCHAR(500);
CREATE INDEX rejection_subject ON rejection (subject);
CREATE INDEX rejection_order ON rejection (namespace, order_id);
CREATE INDEX rejection_place ON rejection (file_id, ordinal);
