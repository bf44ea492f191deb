INSERT INTO oms_order (order_no, recipient, street, city, state, zip, country, phone, service, sku, qty, weight_g) VALUES
  ('SO-3001', 'Jane Roe', '1 Main St', 'Austin', 'TX', '78701', 'US', '+15125550100', 'GROUND', 'A-1', 2, 1200),
  ('SO-3002', 'Kai Lund', '500 Pine St', 'Seattle', 'WA', '98101', 'US', '+12065550100', 'EXPRESS', 'B-2', 1, 400)
