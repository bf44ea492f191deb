package io.waybill.ledger;

import io.waybill.ledger.TrackingBook.Event;
import io.waybill.ledger.TrackingBook.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Whose parcels have all ended their journeys: each was delivered or called off. A parcel may have several tracking numbers;
 * what is told of one of them is told of it. What is told of a number of the whole shipment is told of all its parcels.
 */
final class JourneyEnds {
    private static final Set<String> STATUSES = Set.of("delivered", "cancelled");

    private static final String ENDED = """
            SELECT DISTINCT shipment_uid, tracking_number FROM tracking_event
            WHERE shipment_uid = ANY(:ids) AND status IN ('delivered', 'cancelled')""";

    private static final String NUMBERS = """
            SELECT shipment_uid AS shipment, kind, parcel, number_value AS "value" FROM shipment_number
            WHERE shipment_uid = ANY(:ids) AND replaced_at IS NULL""";

    private static final String NEWER = """
            SELECT COUNT(*) FROM tracking_event WHERE shipment_uid = :id AND tracking_number = :number
                AND status <> 'unknown' AND (happened_at > :at OR (happened_at = :at AND status = :status))""";

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

    /** Whether nothing later is known of this number that anybody can read. */
    boolean isNewestOfItsParcel(String shipment, Event event) {
        return bind(handle.createQuery(NEWER), shipment, event)
                        .mapTo(Integer.class)
                        .one()
                == 0;
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
