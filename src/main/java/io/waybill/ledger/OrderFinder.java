package io.waybill.ledger;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds orders by what a person knows of them. */
final class OrderFinder {
    private static final String HAS_NUMBER = """
            o.id IN (SELECT s.order_uid FROM shipment s JOIN shipment_number n ON n.shipment_uid = s.id
                     WHERE n.number_value = :number)""";

    /** Each way in by its own index. */
    private static final String HAS_KEY = """
            o.id IN (SELECT a.id FROM orders a WHERE a.order_id = :key
                     UNION SELECT b.id FROM orders b WHERE b.reference = :key
                     UNION SELECT i.order_uid FROM order_identifier i WHERE i.id_value = :key
                     UNION SELECT s.order_uid FROM shipment s JOIN shipment_number n ON n.shipment_uid = s.id
                           WHERE n.number_value = :key)""";

    /** At most: an id is made before its order waits for the database, by the clock of a node. */
    private static final Duration APART = Duration.ofHours(1);

    private final Handle handle;

    OrderFinder(Handle handle) {
        this.handle = handle;
    }

    /** Newest first, at most {@code limit}; {@code before} is the id of the last row of the page before. */
    List<OrderRow> find(OrderSearch search, Namespaces scope) {
        Map<String, Object> values = new HashMap<>();
        StringBuilder sql =
                new StringBuilder(OrderBook.COLUMNS).append(" WHERE ").append(scope.condition("o.namespace"));
        also(sql, values, "namespace", search.namespace(), "o.namespace = :namespace");
        also(sql, values, "orderId", search.orderId(), "o.order_id = :orderId");
        also(sql, values, "reference", search.reference(), "o.reference = :reference");
        also(sql, values, "before", search.before(), "o.id < :before");
        also(sql, values, "number", search.trackingNumber(), HAS_NUMBER);
        Optional.ofNullable(search.text()).map(new WordBook(handle)::find).ifPresent(found -> {
            sql.append(" AND ").append(found.condition());
            values.putAll(found.values());
        });
        Optional.ofNullable(search.state())
                .ifPresent(word -> sql.append(" AND ")
                        .append(OrderStatus.condition(word, isMany(word))
                                .orElseThrow(() -> new IllegalArgumentException("no status " + word))));
        also(sql, values, "key", search.key(), HAS_KEY);
        also(sql, values, "channel", search.channel(), "o.channel = :channel");
        received(sql, values, search);
        sql.append(" ORDER BY o.id DESC LIMIT :limit");
        return scope.filter(handle.createQuery(sql.toString()))
                .bindMap(values)
                .bind("limit", search.limit())
                .map(OrderBook.ROW)
                .list();
    }

    private boolean isMany(String status) {
        String count = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM shipment s WHERE %s LIMIT :most) t";
        return OrderStatus.among(status)
                .map(among -> handle.createQuery(count.formatted(among))
                        .bind("most", OrderStatus.MANY)
                        .mapTo(Long.class)
                        .one())
                .filter(seen -> seen >= OrderStatus.MANY)
                .isPresent();
    }

    /** The time in an id narrows what is read, and decides nothing. */
    private static void received(StringBuilder sql, Map<String, Object> values, OrderSearch search) {
        Optional.ofNullable(search.since()).ifPresent(since -> {
            sql.append(" AND o.id >= :sinceId AND o.received_at >= :since");
            values.put("sinceId", Ids.from("ord", since.minus(APART)));
            values.put("since", since.atOffset(ZoneOffset.UTC));
        });
        Optional.ofNullable(search.until()).ifPresent(until -> {
            sql.append(" AND o.id < :untilId AND o.received_at < :until");
            values.put("untilId", Ids.from("ord", until.plus(APART)));
            values.put("until", until.atOffset(ZoneOffset.UTC));
        });
    }

    private static void also(
            StringBuilder sql, Map<String, Object> values, String name, @Nullable String value, String condition) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            values.put(name, value);
        }
    }
}
