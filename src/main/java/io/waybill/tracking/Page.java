package io.waybill.tracking;

import io.waybill.carrier.NumberText;
import io.waybill.carrier.Tracks;
import io.waybill.ledger.JourneyBook.Moving;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few shipments of one account, and what their carrier told of them. */
final class Page {
    private static final Logger LOG = LoggerFactory.getLogger(Page.class);

    private final Map<String, List<String>> numbers;
    private final Map<String, List<Tracks.Event>> toldOf = new HashMap<>();
    private final Set<String> untold = new HashSet<>();

    /** @param numbers the tracking numbers by shipment */
    Page(Map<String, List<String>> numbers) {
        this.numbers = numbers;
    }

    /**
     * Asks, as many numbers in a call as the carrier takes. A call that fails leaves its shipments untold, and no others.
     *
     * @param alone which are asked about on their own: what failed before may be what makes a call fail
     */
    void ask(Tracks carrier, List<Moving> shipments, Predicate<Moving> alone) {
        List<Moving> together = new ArrayList<>();
        int size = 0;
        for (Moving shipment : shipments) {
            int more = numbersOf(shipment).size();
            if (alone.test(shipment)) {
                ask(carrier, List.of(shipment));
                continue;
            }
            if (!together.isEmpty() && size + more > carrier.most()) {
                ask(carrier, together);
                together = new ArrayList<>();
                size = 0;
            }
            together.add(shipment);
            size += more;
        }
        ask(carrier, together);
    }

    private void ask(Tracks carrier, List<Moving> shipments) {
        List<String> all =
                shipments.stream().flatMap(one -> numbersOf(one).stream()).toList();
        if (all.isEmpty()) {
            return;
        }
        try {
            Map<String, List<Tracks.Event>> byNumber = new HashMap<>();
            carrier.track(all)
                    .forEach(event -> NumberText.among(all, event.trackingNumber())
                            .ifPresent(number -> byNumber.computeIfAbsent(number, one -> new ArrayList<>())
                                    .add(event.of(number))));
            shipments.forEach(one -> toldOf.put(one.id(), eventsOf(one, byNumber)));
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} and {} others cannot be followed now, asking again: {}",
                    shipments.get(0).id(),
                    shipments.size() - 1,
                    e.toString());
            shipments.forEach(one -> untold.add(one.id()));
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

    /** Whether the question failed. */
    boolean isUntold(Moving shipment) {
        return untold.contains(shipment.id());
    }
}
