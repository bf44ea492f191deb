package io.waybill.tracking;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Tracks;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Itinerary;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.TrackingBook;
import io.waybill.ledger.TrackingBook.Event;
import io.waybill.ledger.TrackingBook.Key;
import io.waybill.ledger.TrackingBook.Step;
import io.waybill.ledger.Tx;
import io.waybill.text.Shortened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What was told of one shipment, by whatever way: kept once each, and only what moved one of its parcels is told on. */
final class Journey {
    private static final Set<Step> TOLD = Set.of(Step.PASSED, Step.ARRIVED, Step.MOVED);

    private Journey() {}

    /**
     * What is not known yet of these events, each once and in the order they happened.
     *
     * @param told each parcel's oldest first or newest first, as its carrier tells them
     * @param known of this shipment, and maybe of others
     * @param source {@code poll | push | file}
     */
    static List<Tracks.Event> news(
            Moving shipment, List<Tracks.Event> told, Set<Key> known, String source, Instant now) {
        Set<Key> seen = new HashSet<>(known);
        return told.stream()
                .collect(Collectors.groupingBy(Tracks.Event::trackingNumber, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(parcel -> oldestFirst(parcel).stream())
                .sorted(Comparator.comparing(
                                (Tracks.Event event) -> Event.counted(event.at().toInstant(), now))
                        .thenComparing(event -> event.at().toInstant()))
                .filter(event -> seen.add(Key.of(shipment.id(), canonical(event, source))))
                .toList();
    }

    /** So that of two at the same time the later one comes later. */
    private static List<Tracks.Event> oldestFirst(List<Tracks.Event> parcel) {
        Tracks.Event first = parcel.get(0);
        Tracks.Event last = parcel.get(parcel.size() - 1);
        List<Tracks.Event> ordered = new ArrayList<>(parcel);
        if (first.at().isAfter(last.at())) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    /**
     * @param news what was not known before
     * @param over whether nobody need be asked about the shipment any more, by all that is known of it
     */
    record Told(List<Tracks.Event> news, boolean over) {}

    /** Records {@link #news} with the order's row locked; of an order that was forgotten, nothing of where and to whom. */
    static Told tell(Tx tx, OrderRow order, Moving shipment, List<Tracks.Event> told, Set<Key> known, String source) {
        boolean forgotten = tx.erasure().isErased(order.id());
        Instant now = tx.now();
        List<Tracks.Event> news = news(shipment, forgotten ? bare(told) : told, known, source, now);
        Itinerary itinerary = tx.tracking().itinerary(shipment.id(), now);
        boolean moved = false;
        for (Tracks.Event event : news) {
            Event kept = canonical(event, source);
            Step step = itinerary.record(kept);
            boolean isHome = itinerary.isHome(kept);
            if (TOLD.contains(step)) {
                String status = isHome ? Troubles.SENT_BACK : event.status();
                tx.events().emit(order, shipment.id(), "tracking.updated", data(event, status));
            }
            Troubles.told(tx, order, shipment, isHome ? kept.as(TrackingBook.HOME) : kept, step);
            moved |= step == Step.MOVED || step == Step.SEEN;
        }
        if (moved) {
            tx.exceptions().closeBy(Fact.MOVED, shipment.id());
        }
        boolean over = !tx.journeys().over(List.of(shipment.id())).isEmpty();
        return new Told(news, over);
    }

    /** As erasing leaves them, so that what was known before is known again. */
    private static List<Tracks.Event> bare(List<Tracks.Event> events) {
        return events.stream()
                .map(event ->
                        new Tracks.Event(event.trackingNumber(), event.status(), event.code(), null, null, event.at()))
                .toList();
    }

    /** As it is kept, and known again: carriers' words may be longer than there is room for. */
    static Event canonical(Tracks.Event event, String source) {
        String text = event.text();
        return new Event(
                event.trackingNumber(),
                event.status(),
                Shortened.to(100, event.code()),
                text == null ? null : Shortened.to(500, text),
                Shortened.to(200, Objects.requireNonNullElse(event.place(), "")),
                event.at().toInstant(),
                source);
    }

    private static ObjectNode data(Tracks.Event event, String status) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("tracking")
                .put("trackingNumber", event.trackingNumber())
                .put("status", status)
                .put("code", event.code())
                .put("text", event.text())
                .put("place", event.place())
                .put("at", ISO_OFFSET_DATE_TIME.format(event.at()));
        return data;
    }
}
