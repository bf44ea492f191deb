-- What begins with the columns of another index stands in that one, and what nobody looks for stands in none.

CREATE UNIQUE INDEX orders_order_id ON orders (order_id, namespace);
DROP INDEX orders_number;
DROP INDEX orders_received;
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE orders DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'ORDERS' AND constraint_type = 'UNIQUE');

CREATE UNIQUE INDEX outbox_event ON outbox (entity_id, sink, sequence, type);
DROP INDEX outbox_entity;
DROP INDEX outbox_order;
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE outbox DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'OUTBOX' AND constraint_type = 'UNIQUE');

DROP INDEX purchase_attempt_state;

-- H2 gives each reference an index of its own, beside the key that begins with the same column, and with every order it writes as many
-- of these as of all others. What is written with every order and label refers unchecked here; PostgreSQL checks the same statements.
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE document DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'DOCUMENT' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE inbound_document DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'INBOUND_DOCUMENT' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE order_identifier DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'ORDER_IDENTIFIER' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE order_revision DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'ORDER_REVISION' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE order_word DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'ORDER_WORD' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE purchase_attempt DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'PURCHASE_ATTEMPT' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE shipment DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'SHIPMENT' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE shipment_number DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'SHIPMENT_NUMBER' AND constraint_type = 'FOREIGN KEY');
EXECUTE IMMEDIATE (SELECT 'ALTER TABLE story DROP CONSTRAINT "' || constraint_name || '"'
    FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE table_name = 'STORY' AND constraint_type = 'FOREIGN KEY');
