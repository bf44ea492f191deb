package io.waybill.tracking;

import io.waybill.carrier.NumberText;
import io.waybill.carrier.Tracks;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few shipments of one account, and what their carrier told of them. */
final class Page {
    private static final Logger LOG = LoggerFactory.getLogger(Page.class);

    private final Map<String, List<String>> numbers;
    private final Map<String, List<Tracks.Event>> toldOf = new HashMap<>();
    private final Map<String, Untold> untold = new HashMap<>();

    /** Which numbers of a shipment nothing could be asked about, and why. */
    record Untold(List<String> numbers, String why) {}

    /** @param numbers the tracking numbers by shipment */
    Page(Map<String, List<String>> numbers) {
        this.numbers = numbers;
    }

    /**
     * Asks, as many numbers in a call as the carrier takes. A call that fails leaves its numbers untold, and no others.
     *
     * @param alone which are asked about number by number: what failed before may be what makes a call fail
     */
    void ask(Tracks carrier, List<Moving> shipments, Predicate<Moving> alone) {
        List<Moving> together = new ArrayList<>();
        int size = 0;
        for (Moving shipment : shipments) {
            int more = numbersOf(shipment).size();
            if (alone.test(shipment)) {
                ask(carrier, List.of(shipment), 1);
                continue;
            }
            if (!together.isEmpty() && size + more > carrier.most()) {
                ask(carrier, together, carrier.most());
                together = new ArrayList<>();
                size = 0;
            }
            together.add(shipment);
            size += more;
        }
        ask(carrier, together, carrier.most());
    }

    private void ask(Tracks carrier, List<Moving> shipments, int most) {
        List<String> all = shipments.stream()
                .flatMap(one -> numbersOf(one).stream())
                .distinct()
                .toList();
        Map<String, List<Tracks.Event>> byNumber = new HashMap<>();
        Map<String, String> whyNot = new HashMap<>();
        for (int from = 0; from < all.size(); from += most) {
            ask(carrier, all.subList(from, Math.min(from + most, all.size())), byNumber, whyNot);
        }
        for (Moving shipment : shipments) {
            List<String> own = numbersOf(shipment);
            if (own.isEmpty() || own.stream().anyMatch(byNumber::containsKey)) {
                toldOf.put(shipment.id(), eventsOf(shipment, byNumber));
            }
            List<String> failed =
                    own.stream().distinct().filter(whyNot::containsKey).toList();
            failed.stream()
                    .map(whyNot::get)
                    .findFirst()
                    .ifPresent(why -> untold.put(shipment.id(), new Untold(failed, why)));
        }
    }

    /**
     * One call.
     *
     * @param byNumber gets an entry for each of the numbers, unless the call fails
     * @param whyNot gets one for each if it fails
     */
    private static void ask(
            Tracks carrier,
            List<String> numbers,
            Map<String, List<Tracks.Event>> byNumber,
            Map<String, String> whyNot) {
        try {
            List<Tracks.Event> told = carrier.track(numbers);
            numbers.forEach(number -> byNumber.put(number, new ArrayList<>()));
            told.forEach(event -> NumberText.among(numbers, event.trackingNumber())
                    .ifPresent(number -> byNumber.computeIfAbsent(number, one -> new ArrayList<>())
                            .add(event.of(number))));
        } catch (RuntimeException e) {
            numbers.forEach(number -> whyNot.put(number, Words.of(e)));
            LOG.warn(
                    "{} and {} others cannot be followed now, asking again: {}",
                    numbers.get(0),
                    numbers.size() - 1,
                    e.toString());
        }
    }

    private List<Tracks.Event> eventsOf(Moving shipment, Map<String, List<Tracks.Event>> byNumber) {
        return numbersOf(shipment).stream()
                .distinct()
                .flatMap(number -> byNumber.getOrDefault(number, List.of()).stream())
                .toList();
    }

    private List<String> numbersOf(Moving shipment) {
        return numbers.getOrDefault(shipment.id(), List.of());
    }

    /** Everything the carrier told of it, old and new. */
    List<Tracks.Event> toldOf(Moving shipment) {
        return toldOf.getOrDefault(shipment.id(), List.of());
    }

    /** Whether the question failed for all of its numbers. */
    boolean isSilent(Moving shipment) {
        return !toldOf.containsKey(shipment.id());
    }

    /** Whether the question failed, be it for one of its numbers alone. */
    boolean isUntold(Moving shipment) {
        return untold.containsKey(shipment.id());
    }

    /** Of one that {@link #isUntold}. */
    Untold untold(Moving shipment) {
        return Objects.requireNonNull(untold.get(shipment.id()));
    }

    /** All of its numbers, for a reason that lies with none of them. */
    Untold all(Moving shipment, String why) {
        return new Untold(numbersOf(shipment), why);
    }
}
