package io.waybill.ledger;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds orders by what a person knows of them. */
final class OrderFinder {
    private static final String HAS_NUMBER = """
            o.id IN (SELECT s.order_uid FROM shipment s JOIN shipment_number n ON n.shipment_uid = s.id
                     WHERE n.number_value = :number)""";

    /** Each way in by its own index; H2 goes through a bare union once for each order, and through a table of it once. */
    private static final String HAS_KEY = """
            o.id IN (SELECT named.id FROM (
                     SELECT a.id FROM orders a WHERE a.order_id = :key
                     UNION SELECT b.id FROM orders b WHERE b.reference = :key
                     UNION SELECT i.order_uid FROM order_identifier i WHERE i.id_value = :key
                     UNION SELECT s.order_uid FROM shipment s JOIN shipment_number n ON n.shipment_uid = s.id
                           WHERE n.number_value = :key) named)""";

    /** At most: an id is made before its order waits for the database, by the clock of a node. */
    static final Duration APART = Duration.ofHours(1);

    private final Handle handle;

    OrderFinder(Handle handle) {
        this.handle = handle;
    }

    /** Newest first, at most {@code limit}; {@code before} is the id of the last row of the page before. */
    List<OrderRow> find(OrderSearch search, Namespaces scope) {
        Where where = new Where()
                .in(scope, "o.namespace")
                .and("o.namespace = :namespace", "namespace", search.namespace())
                .and("o.order_id = :orderId", "orderId", search.orderId())
                .and("o.reference = :reference", "reference", search.reference())
                .and("o.id < :before", "before", search.before())
                .and(HAS_NUMBER, "number", search.trackingNumber());
        Optional.ofNullable(search.text())
                .map(new WordBook(handle)::find)
                .ifPresent(found -> where.and(found.condition(), found.values()));
        Optional.ofNullable(search.state())
                .ifPresent(word -> where.and(OrderStatus.condition(word, isMany(word))
                        .orElseThrow(() -> new IllegalArgumentException("no status " + word))));
        where.and(HAS_KEY, "key", search.key()).and("o.channel = :channel", "channel", search.channel());
        received(where, search);
        return where.query(handle, OrderBook.COLUMNS, " ORDER BY o.id DESC LIMIT :limit")
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
    private static void received(Where where, OrderSearch search) {
        Optional.ofNullable(search.since())
                .ifPresent(since -> where.and(
                        "o.id >= :sinceId AND o.received_at >= :since",
                        Map.of(
                                "sinceId",
                                Ids.from("ord", since.minus(APART)),
                                "since",
                                since.atOffset(ZoneOffset.UTC))));
        Optional.ofNullable(search.until())
                .ifPresent(until -> where.and(
                        "o.id < :untilId AND o.received_at < :until",
                        Map.of(
                                "untilId",
                                Ids.from("ord", until.plus(APART)),
                                "until",
                                until.atOffset(ZoneOffset.UTC))));
    }
}
