-- What every order writes to is analyzed by the hub itself when it has doubled. Autovacuum did it besides for each tenth that changed, and an
-- order's row changes twice.
ALTER TABLE orders SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE order_word SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE order_identifier SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE order_revision SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE inbox SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE shipment SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE shipment_number SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE purchase_attempt SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE charge SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE document SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE story SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE outbox SET (autovacuum_analyze_scale_factor = 0.5);
