-- Orders by what they came by, and by where their parcels are.
CREATE INDEX orders_channel ON orders (channel, id);
CREATE INDEX shipment_tracking ON shipment (tracking_status, order_uid);
