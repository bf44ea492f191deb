CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE, DELETE ON audit_log
    FOR EACH ROW CALL 'io.waybill.ledger.AppendOnly';
