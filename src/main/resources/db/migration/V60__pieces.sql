-- A shipment of more parcels than its carrier takes in one purchase is cut into pieces, each a shipment of its own: which of its parcels
-- and items it is, and what it says otherwise (JSON), and the shipment it was cut from, which is the first piece itself.
ALTER TABLE shipment ADD COLUMN piece ${text};
ALTER TABLE shipment ADD COLUMN split_from VARCHAR(40);
