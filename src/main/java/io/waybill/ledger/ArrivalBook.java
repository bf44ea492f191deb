package io.waybill.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How long what carriers owe took to come, of the shipments made last: reads as much however much is kept. */
public final class ArrivalBook {
    private static final int LAST = 2_000;

    private final Handle handle;

    ArrivalBook(Handle handle) {
        this.handle = handle;
    }

    /** @param count of how many labels */
    public record Median(Duration delay, long count) {}

    record Row(String account, long labels, Double seconds) {}

    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    /** From the sale to the label, by account; an account that bought no label lately is not there. */
    public Map<String, Median> labels(Namespaces scope) {
        return scope
                .filter(handle.createQuery("""
                        SELECT s.account, COUNT(*) AS labels, CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (
                            ORDER BY EXTRACT(EPOCH FROM (s.labelled_at - s.bought_at))) AS DOUBLE PRECISION) AS seconds
                        FROM (SELECT * FROM shipment ORDER BY id DESC LIMIT :last) s JOIN orders o ON o.id = s.order_uid
                        WHERE s.bought_at IS NOT NULL AND s.labelled_at IS NOT NULL AND NOT s.imported AND """ + " " + scope.condition("o.namespace") + " GROUP BY s.account"))
                .bind("last", LAST)
                .map(ROW)
                .stream()
                .collect(Collectors.toMap(
                        Row::account,
                        row -> new Median(Duration.ofMillis(Math.round(row.seconds() * 1_000)), row.labels())));
    }
}
