package io.waybill.ledger;

import io.waybill.ledger.TrackingBook.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Shipments on their way: whose carrier is to be asked where its parcels are, when that is next, and whose journey is over. */
public final class JourneyBook {
    static final String DUE = """
            SELECT id FROM shipment WHERE account = :account AND %s AND state IN ('BOUGHT', 'LABELLED')
            ORDER BY account, track_due LIMIT :limit""".formatted(FromNow.passed("track_due"));

    private static final String NOW = """
            SELECT id, order_uid, account, carrier, tracking_status AS status,
                CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP - COALESCE(tracking_at, bought_at)) AS BIGINT) AS quiet_seconds
            FROM shipment\s""";

    private static final RecordMapper<Moving> MOVING = RecordMapper.of(Moving.class);

    private static final String ENDS_AND_OTHERS = """
            SELECT shipment_uid, tracking_number, status, code, happened_at, recorded_at FROM tracking_event
            WHERE shipment_uid = ANY(:ids) ORDER BY id""";

    private static final String NEXT = "UPDATE shipment SET track_due = " + FromNow.by("wait") + " WHERE id = :id";

    private static final RecordMapper<Told> TOLD = RecordMapper.of(Told.class);

    private final Handle handle;

    JourneyBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A shipment that is on its way, and whose carrier is to be asked.
     *
     * @param carrier its label was sold by, or null where that does not matter
     * @param status one of the twelve canonical words, or null while nothing is known
     * @param quietSeconds since its last event, or since it was bought
     */
    public record Moving(
            String id,
            String orderUid,
            String account,
            @Nullable String carrier,
            @Nullable String status,
            long quietSeconds) {
        public Duration quiet() {
            return Duration.ofSeconds(quietSeconds);
        }
    }

    record Told(
            String shipmentUid,
            String trackingNumber,
            String status,
            String code,
            Instant happenedAt,
            Instant recordedAt) {
        Event event() {
            return new Event(trackingNumber, status, code, null, "", happenedAt, "", recordedAt);
        }
    }

    /**
     * Shipments of an account whose carrier shall be asked now, nobody else's until {@code lease} is over. Ids first: H2 locks
     * every row a query with a limit looks at.
     */
    public List<Moving> claim(String account, int limit, Duration lease) {
        List<String> due = handle.createQuery(DUE)
                .bind("account", account)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        return due.isEmpty() ? List.of() : claim(due, lease);
    }

    private List<Moving> claim(List<String> due, Duration lease) {
        List<Moving> claimed =
                handle.createQuery(NOW + """
                        WHERE id IN (<ids>) AND track_due <= CURRENT_TIMESTAMP
                        ORDER BY track_due FOR UPDATE SKIP LOCKED""").bindList("ids", due).map(MOVING).list();
        Map<String, Optional<Duration>> waits = new HashMap<>();
        claimed.forEach(shipment -> waits.put(shipment.id(), Optional.of(lease)));
        next(waits);
        return claimed;
    }

    /** How this shipment is on its way now; empty when its label was given back. */
    public Optional<Moving> moving(String shipment) {
        return handle.createQuery(NOW + "WHERE id = :id AND state IN ('BOUGHT', 'LABELLED')")
                .bind("id", shipment)
                .map(MOVING)
                .findOne();
    }

    /** Those of these shipments whose order is of one of the namespaces. */
    public Set<String> among(Collection<String> shipments, Collection<String> namespaces) {
        return new HashSet<>(handle.createQuery("""
            SELECT s.id FROM shipment s JOIN orders o ON o.id = s.order_uid
            WHERE s.id IN (<shipments>) AND o.namespace IN (<namespaces>)""")
                .bindList("shipments", shipments)
                .bindList("namespaces", namespaces)
                .mapTo(String.class)
                .list());
    }

    /** Asks again after {@code wait}, or never when it is null: the journey is over. */
    public void next(String shipment, @Nullable Duration wait) {
        next(Map.of(shipment, Optional.ofNullable(wait)));
    }

    /** {@link #next(String, Duration)} for several; an empty wait ends the journey. */
    public void next(Map<String, Optional<Duration>> waits) {
        if (waits.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(NEXT);
        waits.forEach((id, wait) -> batch.bind("id", id)
                .bind("wait", wait.map(FromNow::seconds).orElse(null))
                .add());
        batch.execute();
    }

    /**
     * Those of these shipments whose carrier need not be asked any more: their parcels were all delivered or called off, or
     * their order was forgotten.
     */
    public Set<String> over(Collection<String> shipments) {
        if (shipments.isEmpty()) {
            return Set.of();
        }
        Set<String> over = new HashSet<>(arrived(shipments));
        over.addAll(handle.createQuery("""
                        SELECT s.id FROM shipment s JOIN orders o ON o.id = s.order_uid
                        WHERE s.id IN (<shipments>) AND o.erased_at IS NOT NULL""")
                .bindList("shipments", List.copyOf(shipments))
                .mapTo(String.class)
                .list());
        return over;
    }

    /** Those of these shipments that have no parcel on its way any more. */
    private Set<String> arrived(Collection<String> shipments) {
        Map<String, List<Told>> told = Sql.of(handle, ENDS_AND_OTHERS).bindArray("ids", shipments).list(TOLD).stream()
                .collect(Collectors.groupingBy(Told::shipmentUid));
        told.values().removeIf(events -> events.stream().map(Told::event).noneMatch(Whereabouts::isEnd));
        Map<String, List<NumberBook.External>> numbers = new NumberBook(handle).of(told.keySet());
        return told.entrySet().stream()
                .filter(one -> Whereabouts.of(
                                one.getValue().stream()
                                        .map(Told::event)
                                        .sorted(Event.IN_ORDER)
                                        .toList(),
                                numbers.getOrDefault(one.getKey(), List.of()))
                        .over())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
