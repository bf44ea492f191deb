package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
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
     * @param source {@code poll | push}
     */
    public record Event(
            String trackingNumber,
            String status,
            String code,
            @Nullable String text,
            String place,
            Instant happenedAt,
            String source) {}

    /** A shipment that is on its way, and whose carrier is to be asked. */
    public record Moving(String id, String orderUid, String account) {}

    /** Shipments whose carrier shall be asked now. */
    public List<Moving> due(int limit) {
        return handle.createQuery("""
                        SELECT id, order_uid, account
                        FROM shipment
                        WHERE track_due <= CURRENT_TIMESTAMP AND state IN ('BOUGHT', 'LABELLED')
                        ORDER BY track_due LIMIT :limit""")
                .bind("limit", limit)
                .map(ConstructorMapper.of(Moving.class))
                .list();
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
     * Keeps an event.
     *
     * @return true when it is new and moved the shipment's status; an older or repeated one changes nothing
     */
    public boolean record(String shipment, Event event) {
        if (isKnown(shipment, event)) {
            return false;
        }
        boolean applied = handle.createUpdate("""
                                UPDATE shipment SET tracking_status = :status, tracking_at = :at
                                WHERE id = :id AND (tracking_at IS NULL OR tracking_at < :at
                                    OR (tracking_at = :at AND tracking_status <> :status))""")
                        .bind("status", event.status())
                        .bind("at", at(event))
                        .bind("id", shipment)
                        .execute()
                == 1;
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
        return applied;
    }

    /** All events of a shipment in the order they happened. */
    public List<Event> of(String shipment) {
        return handle.createQuery("""
                        SELECT tracking_number, status, code, text, place, happened_at, source FROM tracking_event
                        WHERE shipment_uid = :id ORDER BY happened_at, id""")
                .bind("id", shipment)
                .map(ConstructorMapper.of(Event.class))
                .list();
    }

    private boolean isKnown(String shipment, Event event) {
        return handle.createQuery("""
                        SELECT COUNT(*) FROM tracking_event
                        WHERE shipment_uid = :id AND tracking_number = :number AND happened_at = :at
                            AND code = :code AND place = :place""")
                        .bind("number", event.trackingNumber())
                        .bind("id", shipment)
                        .bind("at", at(event))
                        .bind("code", event.code())
                        .bind("place", event.place())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** To the microsecond, which is what both stores keep: an event told again must compare equal. */
    private static OffsetDateTime at(Event event) {
        return event.happenedAt().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
