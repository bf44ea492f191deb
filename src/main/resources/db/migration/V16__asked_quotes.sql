-- Prices somebody asked for, kept to be compared with what the order costs later. There may be no such order yet.
ALTER TABLE quote ADD COLUMN request_id VARCHAR(40);
ALTER TABLE quote ADD COLUMN namespace VARCHAR(100);
ALTER TABLE quote ADD COLUMN order_id VARCHAR(200);
CREATE INDEX quote_asked ON quote (namespace, order_id);
CREATE INDEX quote_request ON quote (request_id);
CREATE INDEX quote_order ON quote (order_uid);
-- The first and the newest originals of a source, for its readiness.
CREATE INDEX source_document_source ON source_document (source, id);
