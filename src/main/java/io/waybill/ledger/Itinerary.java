package io.waybill.ledger;

import io.waybill.ledger.TrackingBook.Event;
import io.waybill.ledger.TrackingBook.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is told of one shipment, one event after another, with the order's row locked: what was known before is read once. */
public final class Itinerary {
    private final TrackingBook book;
    private final String shipment;
    private final List<NumberBook.External> numbers;
    private final List<Event> events;
    private final Instant told;
    private Whereabouts standing;

    Itinerary(TrackingBook book, String shipment, List<NumberBook.External> numbers, Instant told) {
        this.book = book;
        this.shipment = shipment;
        this.numbers = numbers;
        this.told = told;
        this.events = new ArrayList<>(book.of(shipment));
        this.standing = Whereabouts.of(events, numbers);
    }

    /**
     * Keeps an event that is not {@link TrackingBook#known} yet. One that is older than what is known of its parcel changes nothing,
     * unless it is the delivery; nor does one of a parcel that was delivered, unless it is sent back. One parcel's end changes only
     * that parcel, and one that is {@code unknown} only a shipment of which nothing else is known. What delivers a parcel that was sent
     * back brings it home.
     */
    public Step record(Event event) {
        Event kept = event.keptAt(told);
        Whereabouts before = standing;
        events.add(kept);
        events.sort(Event.IN_ORDER);
        standing = Whereabouts.of(events, numbers);
        Step step = step(before, standing, kept);
        book.stand(shipment, standing);
        book.keep(shipment, kept, step == Step.MOVED);
        return step;
    }

    /** Whether a parcel is with its sender again by this, which was recorded last. */
    public boolean isHome(Event event) {
        return standing.isHome(event.keptAt(told));
    }

    private static Step step(Whereabouts before, Whereabouts after, Event event) {
        if (event.status().equals("unknown")) {
            return before.status() == null ? Step.MOVED : before.isSeenAs(after) ? Step.KEPT : Step.SEEN;
        }
        if (!after.isStep(event, before)) {
            return Step.KEPT;
        }
        if (after.isWhere(event)) {
            return Step.MOVED;
        }
        return Whereabouts.isEnd(event) ? Step.ARRIVED : Step.PASSED;
    }
}
