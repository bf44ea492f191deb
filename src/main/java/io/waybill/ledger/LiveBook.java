package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What became of the orders of a source, in sums of what a caller sees. */
public final class LiveBook {
    private final Handle handle;

    LiveBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param labels that stand, imported ones among them
     * @param tracked of those, how many have moved
     * @param billed of those, how many stand on an invoice
     */
    public record Counts(
            long orders, long labels, long imported, long voided, long tracked, long delivered, long billed) {}

    /** @param expected what labels of this carrier and service are believed to cost; each side is summed alone */
    public record Cost(
            String carrier,
            @Nullable String service,
            String currency,
            long labels,
            BigDecimal expected,
            BigDecimal billed) {}

    public Counts counts(String source, Namespaces scope) {
        return scope.filter(handle.createQuery("""
                        SELECT COUNT(DISTINCT o.id) AS orders,
                            COUNT(CASE WHEN s.state IN ('BOUGHT', 'LABELLED', 'VOIDING') THEN 1 END) AS labels,
                            COUNT(CASE WHEN s.state IN ('BOUGHT', 'LABELLED', 'VOIDING') AND s.imported THEN 1 END)
                                AS imported,
                            COUNT(CASE WHEN s.state = 'VOIDED' THEN 1 END) AS voided,
                            COUNT(CASE WHEN s.state = 'LABELLED' AND s.tracking_at IS NOT NULL THEN 1 END) AS tracked,
                            COUNT(CASE WHEN s.state = 'LABELLED' AND s.tracking_status = 'delivered' THEN 1 END)
                                AS delivered,
                            COUNT(CASE WHEN s.state IN ('BOUGHT', 'LABELLED', 'VOIDING') AND EXISTS (
                                SELECT 1 FROM charge c WHERE c.shipment_uid = s.id AND c.side = 'billed') THEN 1 END)
                                AS billed
                        FROM orders o LEFT JOIN shipment s ON s.order_uid = o.id WHERE o.source = :source
                            AND %s""".formatted(scope.condition("o.namespace")))
                        .bind("source", source))
                .map(ConstructorMapper.of(Counts.class))
                .one();
    }

    /** The dearest first. */
    public List<Cost> costs(String source, Namespaces scope) {
        return scope.filter(handle.createQuery("""
                        SELECT s.carrier, s.service, c.currency, COUNT(DISTINCT s.id) AS labels,
                            SUM(CASE WHEN c.side = 'expected' THEN c.amount ELSE 0 END) AS expected,
                            SUM(CASE WHEN c.side = 'billed' THEN c.amount ELSE 0 END) AS billed
                        FROM orders o JOIN shipment s ON s.order_uid = o.id JOIN charge c ON c.shipment_uid = s.id
                        WHERE o.source = :source AND %s AND c.side IN ('expected', 'billed') AND s.carrier IS NOT NULL
                        GROUP BY s.carrier, s.service, c.currency ORDER BY expected DESC, s.carrier, s.service""".formatted(scope.condition("o.namespace")))
                        .bind("source", source))
                .map(ConstructorMapper.of(Cost.class))
                .list();
    }
}
