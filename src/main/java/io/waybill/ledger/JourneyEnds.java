package io.waybill.ledger;

import io.waybill.ledger.TrackingBook.Event;
import io.waybill.ledger.TrackingBook.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Whose parcels have all ended their journeys: each was delivered or called off. A parcel may have several tracking numbers;
 * what is told of one of them is told of it. What is told of a number of the whole shipment is told of all its parcels.
 */
final class JourneyEnds {
    private static final Set<String> STATUSES = Set.of("delivered", "cancelled");

    /** One that was called off and scanned since is on its way. */
    private static final String ENDED = """
            SELECT DISTINCT e.shipment_uid, e.tracking_number FROM tracking_event e
            WHERE e.shipment_uid = ANY(:ids) AND (e.status = 'delivered' OR (e.status = 'cancelled'
                AND NOT EXISTS (SELECT 1 FROM tracking_event later WHERE later.shipment_uid = e.shipment_uid
                    AND later.tracking_number = e.tracking_number AND later.happened_at > e.happened_at
                    AND later.status NOT IN ('unknown', 'cancelled'))))""";

    private static final String NUMBERS = """
            SELECT shipment_uid AS shipment, kind, parcel, number_value AS "value" FROM shipment_number
            WHERE shipment_uid = ANY(:ids) AND replaced_at IS NULL""";

    /** Carriers scan what they have delivered, and a delivery may be told late: only another end or a return comes after it. */
    private static final String NEWER = """
            SELECT COUNT(*) FROM tracking_event WHERE shipment_uid = :id AND tracking_number = :number
                AND status <> 'unknown' AND (happened_at > :at OR (happened_at = :at AND status = :status))
                AND (:status <> 'delivered' OR status IN ('delivered', 'cancelled', 'return_to_sender'))""";

    /** By this number or by another one of the same parcel. */
    private static final String DELIVERED = """
            SELECT COUNT(*) FROM tracking_event e WHERE e.shipment_uid = :id AND e.status = 'delivered'
                AND (e.tracking_number = :number OR e.tracking_number IN (
                    SELECT other.number_value FROM shipment_number other JOIN shipment_number own
                        ON own.shipment_uid = other.shipment_uid AND own.parcel = other.parcel
                    WHERE own.shipment_uid = :id AND own.number_value = :number
                        AND own.kind = 'tracking' AND own.replaced_at IS NULL
                        AND other.kind = 'tracking' AND other.replaced_at IS NULL))""";

    private static final String ARRIVED = """
            SELECT COUNT(*) FROM shipment WHERE id = :id AND tracking_status = 'delivered'""";

    /** Parcels are not told of in the order they arrive; one that was called off does not hide that another arrived. */
    private static final String OVER = """
            UPDATE shipment SET tracking_at = CASE WHEN tracking_at > :at THEN tracking_at ELSE :at END,
                tracking_status = CASE WHEN EXISTS (SELECT 1 FROM tracking_event e WHERE e.shipment_uid = :id
                    AND e.status = 'delivered' AND e.tracking_number <> :number) THEN 'delivered' ELSE :status END
            WHERE id = :id""";

    private static final String STILL_MOVING = """
            UPDATE shipment SET tracking_status = 'in_transit'
            WHERE id = :id AND (tracking_status IS NULL OR tracking_status IN ('pending', 'unknown'))""";

    private static final RecordMapper<Ended> ENDED_ROW = RecordMapper.of(Ended.class);

    private final Handle handle;

    JourneyEnds(Handle handle) {
        this.handle = handle;
    }

    /** A number whose parcel has arrived or was called off. */
    record Ended(String shipmentUid, String trackingNumber) {}

    static boolean isEnd(String status) {
        return STATUSES.contains(status);
    }

    /** Those of these shipments that have no parcel on its way any more. */
    Set<String> among(Collection<String> shipments) {
        if (shipments.isEmpty()) {
            return Set.of();
        }
        Map<String, Set<String>> ended = Sql.of(handle, ENDED).bindArray("ids", shipments).list(ENDED_ROW).stream()
                .collect(Collectors.groupingBy(
                        Ended::shipmentUid, Collectors.mapping(Ended::trackingNumber, Collectors.toSet())));
        if (ended.isEmpty()) {
            return Set.of();
        }
        return Sql.of(handle, NUMBERS).bindArray("ids", ended.keySet()).list(NumberBook.NEW).stream()
                .collect(Collectors.groupingBy(NumberBook.New::shipment))
                .entrySet()
                .stream()
                .filter(one -> isOver(one.getValue(), ended.getOrDefault(one.getKey(), Set.of())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean isOver(List<NumberBook.New> numbers, Set<String> ended) {
        Map<Integer, Set<String>> parcels = numbers.stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.groupingBy(
                        NumberBook.New::parcel, Collectors.mapping(NumberBook.New::value, Collectors.toSet())));
        boolean whole = numbers.stream()
                .map(NumberBook.New::value)
                .filter(value -> parcels.values().stream().noneMatch(parcel -> parcel.contains(value)))
                .anyMatch(ended::contains);
        boolean each =
                parcels.values().stream().allMatch(parcel -> parcel.stream().anyMatch(ended::contains));
        return whole || (each && !parcels.isEmpty());
    }

    /**
     * Whether this is told of a parcel that was delivered, or of a shipment that was: it changes nothing any more, unless the
     * parcel is sent back. One that was called off and is scanned all the same is on its way.
     */
    boolean isAfterDelivery(String shipment, Event event) {
        if (event.status().equals("return_to_sender")) {
            return false;
        }
        return isAny(handle.createQuery(DELIVERED).bind("id", shipment).bind("number", event.trackingNumber()))
                || (isAny(handle.createQuery(ARRIVED).bind("id", shipment))
                        && !among(List.of(shipment)).isEmpty());
    }

    private static boolean isAny(Query count) {
        return count.mapTo(Integer.class).one() > 0;
    }

    /** Whether nothing that matters more is known of this number later. */
    boolean isNewestOfItsParcel(String shipment, Event event) {
        return !isAny(bind(handle.createQuery(NEWER), shipment, event));
    }

    /** A parcel's journey has ended by an event that is kept; the shipment's has when no other parcel is on its way. */
    Step reached(String shipment, Event event) {
        if (among(List.of(shipment)).isEmpty()) {
            handle.createUpdate(STILL_MOVING).bind("id", shipment).execute();
            return Step.ARRIVED;
        }
        bind(handle.createUpdate(OVER), shipment, event).execute();
        return Step.MOVED;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, String shipment, Event event) {
        return statement
                .bind("id", shipment)
                .bind("number", event.trackingNumber())
                .bind("status", event.status())
                .bind("at", TrackingBook.at(event));
    }
}
