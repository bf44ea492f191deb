-- What begins with the columns of another index stands in that one, and what nobody looks for stands in none.

CREATE UNIQUE INDEX orders_order_id ON orders (order_id, namespace);
DROP INDEX orders_number;
DROP INDEX orders_received;
ALTER TABLE orders DROP CONSTRAINT orders_namespace_order_id_key;

CREATE UNIQUE INDEX outbox_event ON outbox (entity_id, sink, sequence, type);
DROP INDEX outbox_entity;
DROP INDEX outbox_order;
ALTER TABLE outbox DROP CONSTRAINT outbox_sink_type_entity_id_sequence_key;

DROP INDEX purchase_attempt_state;

-- Of a shipment that has its label the indexes of what is to be done need not hear.
CREATE INDEX shipment_open ON shipment (state) WHERE state <> 'LABELLED';
DROP INDEX shipment_due;
DROP INDEX shipment_lane;
CREATE INDEX shipment_lane ON shipment (account, state, lane, due) WHERE state IN ('READY', 'CHOOSING');
ALTER TABLE shipment DROP CONSTRAINT shipment_order_uid_request_key_key;
CREATE UNIQUE INDEX shipment_request ON shipment (order_uid, request_key) WHERE request_key IS NOT NULL;

ALTER TABLE purchase_attempt DROP CONSTRAINT purchase_attempt_open_slot_key;
CREATE UNIQUE INDEX purchase_attempt_open ON purchase_attempt (open_slot) WHERE open_slot IS NOT NULL;
DROP INDEX charge_invoice;
CREATE INDEX charge_invoice ON charge (invoice_number, invoice_line) WHERE invoice_number IS NOT NULL;
