-- Whether a number that was sold is an orphan's is asked for many at once, whatever their accounts.
CREATE INDEX orphan_number ON orphan (carrier_shipment);
