package io.waybill.ledger;

import io.waybill.ledger.TrackingBook.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a shipment stands by all that is known of its parcels, in whatever order it was told. A parcel may have several tracking
 * numbers; what is told of one of them is told of it. What is told of a number of the whole shipment is told of all its parcels.
 *
 * @param status one of the twelve canonical words, or null while nothing is known
 * @param at when something was seen of it last, the end of a parcel's journey left out while others are on their way
 * @param over whether every parcel was delivered, called off or is with its sender again
 * @param last what each parcel did last, by which it stands where it is
 */
record Whereabouts(@Nullable String status, @Nullable Instant at, boolean over, List<Event> last) {
    private static final String HOME = TrackingBook.HOME;
    private static final String UNKNOWN = "unknown";
    private static final String DELIVERED = "delivered";
    private static final String PENDING = "pending";
    private static final String BACK = "return_to_sender";
    private static final Set<String> ENDS = Set.of(DELIVERED, HOME, "cancelled");

    Whereabouts {
        last = List.copyOf(last);
    }

    /**
     * @param events oldest first
     * @param numbers those in force
     */
    static Whereabouts of(List<Event> events, List<NumberBook.External> numbers) {
        List<List<Event>> parcels = parcels(events, numbers);
        List<Event> last = Stream.concat(parcels.stream(), nobodys(events, numbers))
                .flatMap(parcel -> last(parcel).stream())
                .toList();
        boolean over = !parcels.isEmpty()
                && parcels.stream()
                        .allMatch(parcel ->
                                last(parcel).filter(Whereabouts::isEnd).isPresent());
        Instant at = events.stream()
                .filter(event -> over || !isEnd(event))
                .map(Event::standsAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Whereabouts(over ? end(last) : onItsWay(events, last), at, over, last);
    }

    private static List<List<Event>> parcels(List<Event> events, List<NumberBook.External> numbers) {
        Map<String, Set<Integer>> own = numbers.stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.groupingBy(
                        NumberBook.External::numberValue,
                        Collectors.mapping(NumberBook.External::parcel, Collectors.toSet())));
        Set<String> ofAll = numbers.stream()
                .map(NumberBook.External::numberValue)
                .filter(number -> !own.containsKey(number))
                .collect(Collectors.toSet());
        if (own.isEmpty()) {
            return ofAll.isEmpty() ? List.of() : List.of(of(events, ofAll::contains));
        }
        Map<Integer, List<Event>> parcels = new TreeMap<>();
        own.values().forEach(places -> places.forEach(parcel -> parcels.put(parcel, new ArrayList<>())));
        for (Event event : events) {
            Set<Integer> all = ofAll.contains(event.trackingNumber()) ? parcels.keySet() : Set.of();
            own.getOrDefault(event.trackingNumber(), all)
                    .forEach(parcel -> parcels.computeIfAbsent(parcel, one -> new ArrayList<>())
                            .add(event));
        }
        return List.copyOf(parcels.values());
    }

    /** By numbers that are not in force any more: they may move a shipment, and end no parcel's journey. */
    private static Stream<List<Event>> nobodys(List<Event> events, List<NumberBook.External> numbers) {
        Set<String> known =
                numbers.stream().map(NumberBook.External::numberValue).collect(Collectors.toCollection(HashSet::new));
        return events.stream().map(Event::trackingNumber).filter(known::add).toList().stream()
                .map(other -> of(events, other::equals));
    }

    private static List<Event> of(List<Event> events, Predicate<String> numbers) {
        return events.stream()
                .filter(event -> numbers.test(event.trackingNumber()))
                .toList();
    }

    private static Optional<Event> last(List<Event> parcel) {
        return steps(parcel).stream().reduce((earlier, later) -> later);
    }

    /** As they are shown, those by which a parcel came home no delivery. */
    static List<Event> shown(List<Event> events, List<NumberBook.External> numbers) {
        Set<Event> home = Stream.concat(parcels(events, numbers).stream(), nobodys(events, numbers))
                .flatMap(parcel -> withHome(parcel).stream())
                .filter(event -> event.status().equals(HOME))
                .map(event -> event.as(DELIVERED))
                .collect(Collectors.toSet());
        return events.stream()
                .map(event -> home.contains(event) ? event.as(BACK) : event)
                .toList();
    }

    /** A parcel that is on its way back is delivered to its sender. */
    private static List<Event> withHome(List<Event> parcel) {
        List<Event> events = new ArrayList<>();
        boolean isSentBack = false;
        for (Event event : parcel) {
            isSentBack |= event.status().equals(BACK);
            events.add(isSentBack && event.status().equals(DELIVERED) ? event.as(HOME) : event);
        }
        return events;
    }

    /**
     * What moved a parcel, by all that was told of it, oldest first. Carriers scan what they have delivered: only another end or a
     * return comes after it, and after what brought it home only another end.
     */
    static List<Event> steps(List<Event> parcel) {
        List<Event> steps = new ArrayList<>();
        Event last = null;
        for (Event event : withHome(parcel)) {
            boolean isHome = last != null && last.status().equals(HOME);
            boolean isThere = isHome || (last != null && last.status().equals(DELIVERED));
            boolean undoes = isEnd(event) || (!isHome && event.status().equals(BACK));
            if (!event.status().equals(UNKNOWN) && !isSame(last, event) && (!isThere || undoes)) {
                steps.add(event);
                last = event;
            }
        }
        return steps;
    }

    private static boolean isSame(@Nullable Event last, Event event) {
        return last != null
                && last.happenedAt().equals(event.happenedAt())
                && last.status().equals(event.status());
    }

    static boolean isEnd(Event event) {
        return ENDS.contains(event.status());
    }

    /** One parcel that was called off does not hide that another arrived, and one that arrived not that another came back. */
    private static String end(List<Event> last) {
        return isAny(last, HOME) ? BACK : isAny(last, DELIVERED) ? DELIVERED : "cancelled";
    }

    private static boolean isAny(List<Event> events, String status) {
        return events.stream().anyMatch(event -> event.status().equals(status));
    }

    /**
     * What nobody can read is better than nothing, and worse than anything else. One parcel that arrived shows that its shipment left, and
     * one that was called off does not.
     */
    private static @Nullable String onItsWay(List<Event> events, List<Event> last) {
        boolean hasLeft = isAny(last, DELIVERED) || isAny(last, HOME);
        if (events.isEmpty()) {
            return null;
        }
        return newest(last)
                .map(Event::status)
                .filter(status -> !hasLeft || !status.equals(PENDING))
                .orElse(hasLeft ? "in_transit" : hasUnknown(events) ? UNKNOWN : PENDING);
    }

    private static boolean hasUnknown(List<Event> events) {
        return isAny(events, UNKNOWN);
    }

    /** The last that was seen of those on their way. */
    private static Optional<Event> newest(List<Event> last) {
        List<Event> moving = new ArrayList<>(last);
        moving.removeIf(Whereabouts::isEnd);
        return moving.stream().reduce((one, other) -> Event.IN_ORDER.compare(other, one) < 0 ? one : other);
    }

    /** Whether a parcel is with its sender again by what this says. */
    boolean isHome(Event event) {
        return last.contains(event.as(HOME));
    }

    /**
     * Whether a parcel stands where this says, or is not delivered by what it says.
     *
     * @param before where the shipment stood without it
     */
    boolean isStep(Event event, Whereabouts before) {
        boolean isUndone = before.last.stream().anyMatch(end -> end.status().equals(DELIVERED) && !last.contains(end));
        return isUndone || last.contains(event) || isHome(event);
    }

    /** Whether the shipment stands where this says. */
    boolean isWhere(Event event) {
        return over ? isEnd(event) : newest(last).filter(event::equals).isPresent();
    }

    boolean isSeenAs(Whereabouts other) {
        return Objects.equals(at, other.at);
    }
}
