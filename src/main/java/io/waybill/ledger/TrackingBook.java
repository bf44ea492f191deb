package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
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

/** Where parcels have been. Events are kept once each; only a newer one moves the shipment's status. */
public final class TrackingBook {
    private final Handle handle;

    TrackingBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param status one of the twelve canonical words
     * @param code the carrier's own code
     * @param happenedAt as its carrier says, whose clock may be wrong
     * @param source {@code poll | push}
     * @param recordedAt when it was told
     */
    public record Event(
            String trackingNumber,
            String status,
            String code,
            @Nullable String text,
            String place,
            Instant happenedAt,
            String source,
            Instant recordedAt) {
        private static final Duration AHEAD = Duration.ofDays(1);
        static final Comparator<Event> IN_ORDER =
                Comparator.comparing(Event::standsAt).thenComparing(Event::happenedAt);

        /** Of one that is yet to be kept. */
        public Event(
                String trackingNumber,
                String status,
                String code,
                @Nullable String text,
                String place,
                Instant happenedAt,
                String source) {
            this(trackingNumber, status, code, text, place, happenedAt, source, happenedAt);
        }

        Event keptAt(Instant told) {
            return new Event(trackingNumber, status, code, text, place, at(this).toInstant(), source, told);
        }

        public Event as(String word) {
            return new Event(trackingNumber, word, code, text, place, happenedAt, source, recordedAt);
        }

        /** Where it stands among others. */
        public Instant standsAt() {
            return counted(happenedAt, recordedAt);
        }

        /** What is dated more than a day ahead of its telling stands where it was told: else nothing would ever be newer. */
        public static Instant counted(Instant happened, Instant told) {
            return happened.isAfter(told.plus(AHEAD)) ? told : happened;
        }
    }

    /**
     * A shipment that is on its way, and whose carrier is to be asked.
     *
     * @param status one of the twelve canonical words, or null while nothing is known
     * @param quietSeconds since its last event, or since it was bought
     */
    public record Moving(
            String id,
            String orderUid,
            String account,
            @Nullable String status,
            long quietSeconds) {
        public Duration quiet() {
            return Duration.ofSeconds(quietSeconds);
        }
    }

    /** Stands in {@link #steps} for the delivery of a parcel that was sent back, and is neither kept nor told. */
    public static final String HOME = "returned";

    static final String DUE = """
            SELECT id FROM shipment WHERE account = :account AND %s AND state IN ('BOUGHT', 'LABELLED')
            ORDER BY account, track_due LIMIT :limit""".formatted(FromNow.passed("track_due"));

    private static final String ENDS_AND_OTHERS = """
            SELECT shipment_uid, tracking_number, status, code, happened_at, recorded_at FROM tracking_event
            WHERE shipment_uid = ANY(:ids) ORDER BY id""";

    private static final RecordMapper<Event> EVENT = RecordMapper.of(Event.class);
    private static final RecordMapper<Told> TOLD = RecordMapper.of(Told.class);

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

    /** Of {@code t}: its parcel was not on its way back. */
    static final String NOT_BACK = """
            NOT EXISTS (SELECT 1 FROM tracking_event b WHERE b.shipment_uid = t.shipment_uid
                AND b.tracking_number = t.tracking_number AND b.status = 'return_to_sender'
                AND b.happened_at <= t.happened_at)""";

    private static final String NOW = """
            SELECT id, order_uid, account, tracking_status AS status,
                CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP - COALESCE(tracking_at, bought_at)) AS BIGINT) AS quiet_seconds
            FROM shipment\s""";

    private static final RecordMapper<Moving> MOVING = RecordMapper.of(Moving.class);

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

    /** {@link #next(String, Duration)} for several; an empty wait ends the journey. */
    public void next(Map<String, Optional<Duration>> waits) {
        if (waits.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("UPDATE shipment SET track_due = " + FromNow.by("wait") + " WHERE id = :id");
        waits.forEach((id, wait) -> batch.bind("id", id)
                .bind("wait", wait.map(FromNow::seconds).orElse(null))
                .add());
        batch.execute();
    }

    /** Asks again after {@code wait}, or never when it is null: the journey is over. */
    public void next(String shipment, @Nullable Duration wait) {
        if (wait == null) {
            handle.createUpdate("UPDATE shipment SET track_due = NULL WHERE id = :id")
                    .bind("id", shipment)
                    .execute();
            return;
        }
        handle.createUpdate("UPDATE shipment SET track_due = " + FromNow.by("wait") + " WHERE id = :id")
                .bind("wait", FromNow.seconds(wait))
                .bind("id", shipment)
                .execute();
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

    /** What came of an event. */
    public enum Step {
        /** It is kept; newer ones of its parcel were known. */
        KEPT,
        /** Its parcel was seen, and nobody can read where that was. */
        SEEN,
        /** Its parcel stands there now, and the shipment where another one of it is. */
        PASSED,
        /** A parcel has arrived or was called off, and others of its shipment are still on their way. */
        ARRIVED,
        /** It is where the shipment stands now. */
        MOVED
    }

    /** For what is told of a shipment, with the order's row locked; nobody else records any of it until the transaction ends. */
    public Itinerary itinerary(String shipment, Instant now) {
        return new Itinerary(this, shipment, new NumberBook(handle).of(shipment), now);
    }

    /**
     * What moved a parcel of all that was told of it, oldest first: nothing that nobody can read, and after its delivery only another
     * end or that it is sent back. Whoever has it after that is its sender: it is {@value #HOME} then.
     */
    public static List<Event> steps(List<Event> parcel) {
        return Whereabouts.steps(parcel);
    }

    /** What carriers date ahead of its time was seen when it was told: else nobody would miss the parcel, or forget its order, until then. */
    void stand(String shipment, Whereabouts standing) {
        handle.createUpdate("""
                        UPDATE shipment SET tracking_status = :status,
                            tracking_at = CASE WHEN :at > CURRENT_TIMESTAMP THEN CURRENT_TIMESTAMP ELSE :at END
                        WHERE id = :id""")
                .bind("status", standing.status())
                .bind("at", standing.at() == null ? null : standing.at().atOffset(ZoneOffset.UTC))
                .bind("id", shipment)
                .execute();
    }

    void keep(String shipment, Event event, boolean applied) {
        handle.createUpdate("""
                        INSERT INTO tracking_event (id, shipment_uid, tracking_number, status, code, text,
                            place, happened_at, recorded_at, source, applied)
                        VALUES (:eventId, :shipment, :trackingNumber, :status, :code, :text, :place, :at,
                            CURRENT_TIMESTAMP, :source, :applied)""")
                .bindMethods(event)
                .bind("eventId", Ids.next("trk"))
                .bind("shipment", shipment)
                .bind("at", at(event))
                .bind("applied", applied)
                .execute();
    }

    /** What is known of these shipments already: events by {@link Key}. */
    public Set<Key> known(Collection<String> shipments) {
        return handle.createQuery("""
                        SELECT shipment_uid, tracking_number, happened_at, code, place FROM tracking_event
                        WHERE shipment_uid IN (<ids>)""")
                .bindList("ids", List.copyOf(shipments))
                .map(KEY)
                .set();
    }

    /** What makes an event itself; the rest is what is told of it. */
    public record Key(String shipmentUid, String trackingNumber, Instant happenedAt, String code, String place) {
        public static Key of(String shipment, Event event) {
            return new Key(shipment, event.trackingNumber(), at(event).toInstant(), event.code(), event.place());
        }
    }

    private static final RecordMapper<Key> KEY = RecordMapper.of(Key.class);

    /** All events of a shipment in the order they happened. */
    public List<Event> of(String shipment) {
        return handle.createQuery("""
                        SELECT tracking_number, status, code, text, place, happened_at, source, recorded_at
                        FROM tracking_event WHERE shipment_uid = :id ORDER BY id""").bind("id", shipment).map(EVENT).stream()
                .sorted(Event.IN_ORDER)
                .toList();
    }

    /** The same as they are shown: what hands a parcel over that was sent back is no delivery. */
    public List<Event> shown(String shipment) {
        return Whereabouts.shown(of(shipment), new NumberBook(handle).of(shipment));
    }

    /** To the microsecond, which is what both stores keep: an event told again must compare equal. */
    static OffsetDateTime at(Event event) {
        return event.happenedAt().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
