package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Where parcels have been. Events are kept once each; only a newer one moves the shipment's status. */
public final class TrackingBook {
    /** Stands in {@link #steps} for the delivery of a parcel that was sent back, and is neither kept nor told. */
    public static final String HOME = "returned";

    /** Of {@code t}: its parcel was not on its way back. */
    static final String NOT_BACK = """
            NOT EXISTS (SELECT 1 FROM tracking_event b WHERE b.shipment_uid = t.shipment_uid
                AND b.tracking_number = t.tracking_number AND b.status = 'return_to_sender'
                AND b.happened_at <= t.happened_at)""";

    private static final RecordMapper<Event> EVENT = RecordMapper.of(Event.class);
    private static final RecordMapper<Key> KEY = RecordMapper.of(Key.class);

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

    /** What makes an event itself; the rest is what is told of it. */
    public record Key(String shipmentUid, String trackingNumber, Instant happenedAt, String code, String place) {
        public static Key of(String shipment, Event event) {
            return new Key(shipment, event.trackingNumber(), at(event).toInstant(), event.code(), event.place());
        }
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
