-- Look-ups that cost the same with a thousand orders and with a million. An index that is to be read in order names every
-- column of the order, for H2 sorts whatever is left over.

DROP INDEX shipment_account;
CREATE INDEX shipment_account ON shipment (account, state, due, id);
DROP INDEX shipment_due;
CREATE INDEX shipment_due ON shipment (state, due, id);
CREATE INDEX shipment_held ON shipment (hold_reason, due);
CREATE INDEX orders_number ON orders (order_id);
CREATE INDEX orders_namespace ON orders (namespace, id);
