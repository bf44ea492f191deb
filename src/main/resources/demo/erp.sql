CREATE TABLE label_cost (event_id VARCHAR(40), line_no INT, order_id VARCHAR(100), shipment_id VARCHAR(40), tracking_number VARCHAR(60), charge_type VARCHAR(30),
  amount DECIMAL(19, 4), currency CHAR(3), cost_centre VARCHAR(20), PRIMARY KEY (event_id, line_no));
CREATE TABLE parcel_scan (event_id VARCHAR(40) PRIMARY KEY, order_id VARCHAR(100), tracking_number VARCHAR(60), status VARCHAR(30),
  scanned_at TIMESTAMP WITH TIME ZONE)
