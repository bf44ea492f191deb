CREATE TABLE oms_order (order_no VARCHAR(40) PRIMARY KEY, recipient VARCHAR(80), street VARCHAR(80), city VARCHAR(40), state VARCHAR(20), zip VARCHAR(20),
  country VARCHAR(40), phone VARCHAR(30), service VARCHAR(20), sku VARCHAR(40), qty INT, weight_g INT, waybill_taken TIMESTAMP, waybill_result VARCHAR(500))
