package io.waybill.tracking;

import io.waybill.ledger.NumberBook.External;
import io.waybill.ledger.TrackingBook;
import io.waybill.ledger.TrackingBook.Event;
import io.waybill.ledger.TrackingBook.Key;
import io.waybill.ledger.Tx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shipment's parcels, each by what is told of any of its numbers; what is told of a number of no parcel is told of all.
 *
 * @param journeys one for each parcel, oldest first: what moved it
 */
record Parcels(String shipment, List<List<Event>> journeys) {

    /** By the numbers in force; a shipment without any is one parcel. */
    static Parcels of(Tx tx, String shipment) {
        List<Event> events = tx.tracking().of(shipment);
        Map<String, Integer> parcels = tx.numbers().of(shipment).stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.toMap(External::numberValue, External::parcel, (first, again) -> first));
        Set<Integer> places = parcels.isEmpty() ? Set.of(1) : Set.copyOf(parcels.values());
        return new Parcels(
                shipment,
                places.stream()
                        .map(parcel -> TrackingBook.steps(events.stream()
                                .filter(event -> parcel.equals(parcels.getOrDefault(event.trackingNumber(), parcel)))
                                .toList()))
                        .toList());
    }

    /** Whether nothing later is known of a parcel this was told of. */
    boolean isNewest(Event event) {
        Key key = Key.of(shipment, event);
        return lasts(any -> true).anyMatch(last -> Key.of(shipment, last).equals(key));
    }

    /** Whether this sent a parcel back, and none of {@code settled} is known later of it. */
    boolean isSentBack(Event event, Set<String> settled) {
        Key key = Key.of(shipment, event);
        return lasts(status -> status.equals(event.status()) || settled.contains(status))
                .anyMatch(last -> Key.of(shipment, last).equals(key));
    }

    /** Whether a parcel was {@code stuck} last and {@code settled} never since, whatever else it did. */
    boolean anyIs(Set<String> stuck, Set<String> settled) {
        return lasts(status -> stuck.contains(status) || settled.contains(status))
                .anyMatch(last -> stuck.contains(last.status()));
    }

    private Stream<Event> lasts(Predicate<String> status) {
        return journeys.stream().flatMap(journey -> lasts(journey.stream(), status));
    }

    private static Stream<Event> lasts(Stream<Event> journey, Predicate<String> status) {
        return journey.filter(event -> status.test(event.status())).reduce((earlier, later) -> later).stream();
    }
}
