-- What a further label is to say otherwise than its order: a JSON Merge Patch, with parcels, items, a service.
ALTER TABLE shipment ADD COLUMN asked ${text};
