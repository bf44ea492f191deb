package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What the hub itself knows of shipments that an invoice bills. */
public final class AuditFacts {
    private final Handle handle;

    AuditFacts(Handle handle) {
        this.handle = handle;
    }

    /** A shipment. @param deliveredOn as tracking says, in UTC; null while nothing says so */
    public record Known(
            String id, ShipmentState state, @Nullable LocalDate deliveredOn) {}

    /** What a shipment was expected to cost, by type. @param orphan of labels beside its own */
    public record Expected(String shipment, String type, boolean orphan, String currency, BigDecimal amount) {}

    public List<Known> shipments(List<String> ids) {
        return handle.createQuery("""
                        SELECT s.id, s.state, (SELECT CAST(MAX(t.happened_at) AS DATE) FROM tracking_event t
                            WHERE t.shipment_uid = s.id AND t.status = 'delivered') AS delivered_on
                        FROM shipment s WHERE s.id IN (<ids>)""")
                .bindList("ids", ids)
                .map(ConstructorMapper.of(Known.class))
                .list();
    }

    public List<Expected> expected(List<String> shipments) {
        return handle.createQuery("""
                        SELECT c.shipment_uid AS shipment, c.type, c.currency, SUM(c.amount) AS amount,
                            CASE WHEN c.reason = 'orphan' THEN TRUE ELSE FALSE END AS orphan
                        FROM charge c WHERE c.shipment_uid IN (<ids>) AND c.side = 'expected'
                        GROUP BY c.shipment_uid, c.type, c.currency, CASE WHEN c.reason = 'orphan' THEN TRUE ELSE FALSE END
                        ORDER BY c.shipment_uid, c.type""")
                .bindList("ids", shipments)
                .map(ConstructorMapper.of(Expected.class))
                .list();
    }
}
