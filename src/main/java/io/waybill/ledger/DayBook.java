package io.waybill.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What a day looks like, counted for the namespaces a caller sees. Ids sort by time, so only what is open and what came
 * since a moment is read, however much is kept.
 */
public final class DayBook {
    private static final String BY_HOUR = ") h GROUP BY h.full_hour";

    private static final String WORDS = Arrays.stream(ShipmentState.values())
            .map(state -> " WHEN '" + state.name() + "' THEN '" + state.word() + "'")
            .collect(Collectors.joining());

    private final Handle handle;

    DayBook(Handle handle) {
        this.handle = handle;
    }

    /** @param fullHour full hours since 1970, UTC */
    public record Hour(long fullHour, long count) {}

    /** Exceptions of one reason that are open, and how many nobody has settled in time. */
    public record Waiting(String reason, long count, long overdue, Instant oldest) {}

    /** How many orders have what is neither labelled nor over, by its word: as many as a search for that word finds. */
    public Map<String, Long> open(Namespaces scope) {
        String whose = scope.all() ? "" : " JOIN orders o ON o.id = s.order_uid";
        return scope.filter(handle.createQuery("""
                        SELECT t.word, COUNT(DISTINCT t.order_uid) AS count
                        FROM (SELECT s.order_uid, CASE s.state """ + WORDS + " END AS word FROM shipment s" + whose + " " + """
                         WHERE s.state IN
                            ('HELD', 'CHOOSING', 'READY', 'REFUSED', 'BUYING', 'UNKNOWN', 'REVIEW', 'BOUGHT', 'VOIDING')
                          AND """ + " "
                        + scope.condition("o.namespace")
                        + ") t GROUP BY t.word"))
                .map((row, context) -> Map.entry(row.getString("word"), row.getLong("count")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Orders that came in, by the hour: those that a search since that moment finds. */
    public List<Hour> received(Instant since, Namespaces scope) {
        return scope.filter(handle.createQuery(
                        byHour("o.received_at") + " FROM orders o WHERE o.id >= :from AND o.received_at >= :since AND "
                                + scope.condition("o.namespace") + BY_HOUR))
                .bind("from", Ids.from("ord", since.minus(OrderFinder.APART)))
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map(ConstructorMapper.of(Hour.class))
                .list();
    }

    /** Labels made, by the hour, of orders that came in no earlier than {@code orders}. */
    public List<Hour> labelled(Instant since, Instant orders, Namespaces scope) {
        return scope.filter(handle.createQuery(
                        byHour("s.labelled_at") + """
                         FROM shipment s JOIN orders o ON o.id = s.order_uid
                        WHERE s.id >= :from AND s.labelled_at >= :since AND """ + " " + scope.condition("o.namespace") + BY_HOUR))
                .bind("from", Ids.from("shp", orders))
                .bind("since", since)
                .map(ConstructorMapper.of(Hour.class))
                .list();
    }

    /** How many shipments were heard to be delivered, and not to their senders. */
    public long delivered(Instant since, Namespaces scope) {
        return scope.filter(handle.createQuery(
                        """
                        SELECT COUNT(DISTINCT t.shipment_uid)
                        FROM tracking_event t JOIN shipment s ON s.id = t.shipment_uid
                            JOIN orders o ON o.id = s.order_uid
                        WHERE t.id >= :since AND t.status = 'delivered' AND """ + " " + TrackingBook.NOT_BACK + " AND " + scope.condition("o.namespace")))
                .bind("since", Ids.from("trk", since))
                .mapTo(Long.class)
                .one();
    }

    /** Open exceptions by their reason, the longest open first. */
    public List<Waiting> exceptions(Namespaces scope) {
        return scope.filter(handle.createQuery("""
                        SELECT reason, COUNT(*) AS count, MIN(opened_at) AS oldest,
                               SUM(CASE WHEN due < CURRENT_TIMESTAMP THEN 1 ELSE 0 END) AS overdue
                        FROM exception e WHERE closed_at IS NULL AND """ + " "
                        + scope.condition("e.namespace") + " GROUP BY reason ORDER BY MIN(opened_at), reason"))
                .map(ConstructorMapper.of(Waiting.class))
                .list();
    }

    /** How many of the open exceptions were opened within a time. */
    public long exceptionsBetween(Instant from, Instant until, Namespaces scope) {
        return scope.filter(handle.createQuery("""
                        SELECT COUNT(*) FROM exception e
                        WHERE closed_at IS NULL AND opened_at >= :from AND opened_at < :until AND """ + " " + scope.condition("e.namespace")))
                .bind("from", from)
                .bind("until", until)
                .mapTo(Long.class)
                .one();
    }

    /** What each sink is owed of these namespaces. */
    public List<DeliveryBook.Backlog> sinks(Namespaces scope) {
        return scope.filter(handle.createQuery(
                        """
                        SELECT o.sink, SUM(CASE WHEN o.state = 'PARKED' THEN 0 ELSE 1 END) AS waiting,
                               SUM(CASE WHEN o.state = 'PARKED' THEN 1 ELSE 0 END) AS parked,
                               MIN(CASE WHEN o.state = 'PARKED' THEN NULL ELSE o.created_at END) AS oldest
                        FROM outbox o WHERE o.state IN ('PENDING', 'CLAIMED', 'PARKED') AND """ + " " + scope.condition("o.namespace") + " GROUP BY o.sink ORDER BY o.sink"))
                .map(ConstructorMapper.of(DeliveryBook.Backlog.class))
                .list();
    }

    private static String byHour(String when) {
        return "SELECT h.full_hour, COUNT(*) AS count FROM (SELECT CAST(FLOOR(EXTRACT(EPOCH FROM " + when
                + ") / 3600) AS BIGINT) AS full_hour";
    }
}
