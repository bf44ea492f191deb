-- What nobody compares needs no statistics: a look at each sampled row would unpack it.

ALTER TABLE orders ALTER COLUMN content SET STATISTICS 0;
ALTER TABLE orders ALTER COLUMN effective SET STATISTICS 0;
ALTER TABLE order_revision ALTER COLUMN content SET STATISTICS 0;
ALTER TABLE purchase_attempt ALTER COLUMN request_bytes SET STATISTICS 0;
ALTER TABLE purchase_attempt ALTER COLUMN response_bytes SET STATISTICS 0;
ALTER TABLE document ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE source_document ALTER COLUMN gzip SET STATISTICS 0;
ALTER TABLE story ALTER COLUMN detail SET STATISTICS 0;
ALTER TABLE outbox ALTER COLUMN payload SET STATISTICS 0;
