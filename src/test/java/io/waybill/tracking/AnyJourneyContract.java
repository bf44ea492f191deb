package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.tracking.Told.Scan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** A shipment stands where all its scans say, however often, by whatever way, by whichever node and in whatever order they are told. */
abstract class AnyJourneyContract {
    private static final Set<String> STUCK = Set.of("on_hold", "delivery_failed", "return_to_sender");
    private static final Set<String> SETTLED = Set.of("out_for_delivery", "ready_for_pickup", "delivered", "cancelled");

    private final Ledger ledger = Store.getOrCreate(
                    "journeys",
                    Lifespan.PROPERTY,
                    () -> new Opened(Ledger.open(database(), (space, type) -> List.of("oms"))))
            .get()
            .ledger();

    abstract Database database();

    private record Opened(Ledger ledger) implements Store.CloseOnReset {
        @Override
        public void close() {
            ledger.close();
        }
    }

    /** How some scans are told together. */
    enum Way {
        PUSH,
        POLL,
        /** Asked for before what comes next is pushed, and answered after. */
        OLD_POLL
    }

    record Batch(Way way, List<Scan> scans) {}

    /**
     * @param numbers of its parcels
     * @param scans as they happened, no two in one minute
     * @param batches in which each is told, some twice
     */
    record Journey(List<String> numbers, List<Scan> scans, List<Batch> batches) {}

    @Property(tries = 25)
    void told_in_any_order_it_is_the_journey_that_was(@ForAll("journeys") Journey journey) {
        Told asItWas = new Told(ledger, journey.numbers());
        journey.scans().forEach(scan -> asItWas.push(List.of(scan)));
        Told told = new Told(ledger, journey.numbers());
        tell(told, journey.batches());

        assertThat(told.standing()).isEqualTo(asItWas.standing());
        requireEachStepOnce(told, asItWas);
        requireTroubles(told, asItWas, journey.scans());
        asItWas.leave();
        told.leave();
    }

    @Property(tries = 6)
    void told_by_two_nodes_at_once_it_is_the_journey_that_was(@ForAll("journeys") Journey journey) {
        Told asItWas = new Told(ledger, journey.numbers());
        journey.scans().forEach(scan -> asItWas.push(List.of(scan)));
        Told told = new Told(ledger, journey.numbers());
        int half = journey.batches().size() / 2;
        CompletableFuture<?> other =
                CompletableFuture.runAsync(() -> tell(told, journey.batches().subList(0, half)));
        tell(told, journey.batches().subList(half, journey.batches().size()));
        other.join();

        assertThat(told.standing()).isEqualTo(asItWas.standing());
        requireEachStepOnce(told, asItWas);
        requireTroubles(told, asItWas, journey.scans());
        asItWas.leave();
        told.leave();
    }

    private static void tell(Told told, List<Batch> batches) {
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            switch (batch.way()) {
                case PUSH -> told.push(batch.scans());
                case POLL -> told.poll(batch.scans(), () -> {});
                case OLD_POLL -> {
                    List<Batch> next = batches.subList(i + 1, Math.min(i + 2, batches.size()));
                    told.poll(batch.scans(), () -> next.forEach(newer -> told.push(newer.scans())));
                }
            }
        }
    }

    private static void requireEachStepOnce(Told told, Told asItWas) {
        List<Scan> events = told.events();
        assertThat(events).doesNotHaveDuplicates();
        Map<String, List<Scan>> inOrder = byParcelAsTold(told, asItWas.events());
        Map<String, List<Scan>> heard = byParcelAsTold(told, events);
        assertThat(heard.keySet()).as("parcels").isEqualTo(inOrder.keySet());
        heard.forEach((parcel, steps) -> {
            assertThat(last(steps))
                    .as("the last of %s", parcel)
                    .matches(step -> step.equals(last(inOrder.getOrDefault(parcel, List.of())))
                            || isBack(step)
                            || step.status().equals("cancelled"));
            for (int i = 1; i < steps.size(); i++) {
                assertThat(steps.get(i))
                        .as("after %s", steps.get(i - 1))
                        .matches(isAfter(steps.get(i - 1))
                                .or(step -> step.status().equals("delivered") || isBack(step)));
            }
        });
    }

    private static Predicate<Scan> isAfter(Scan earlier) {
        return step -> step.minute() > earlier.minute();
    }

    private static boolean isBack(Scan scan) {
        return scan.status().equals("return_to_sender");
    }

    private static Map<String, List<Scan>> byParcelAsTold(Told told, List<Scan> events) {
        return readable(events).stream().collect(Collectors.groupingBy(told::parcel));
    }

    private static Scan last(List<Scan> scans) {
        return scans.get(scans.size() - 1);
    }

    private static List<Scan> readable(List<Scan> scans) {
        return scans.stream().filter(Scan::isReadable).toList();
    }

    /** What a carrier held or failed to hand over troubles nobody where it is told after the parcel went on. */
    private static void requireTroubles(Told told, Told asItWas, List<Scan> scans) {
        Map<String, List<Scan>> parcels = byParcelAsTold(told, scans);
        boolean anyBack = parcels.values().stream().anyMatch(AnyJourneyContract::isOnItsWayBack);
        boolean anyHeld = parcels.values().stream()
                .filter(parcel -> parcel.stream().noneMatch(Scan::isEnd)) // else it may be over
                .anyMatch(parcel -> STUCK.contains(last(parcel).status()));
        if (anyBack || anyHeld) {
            assertThat(told.isStuck()).isTrue();
        } else if (told.isStuck()) {
            assertThat(asItWas.isStuck()).as("as it was").isTrue();
        }
    }

    /** Once it was sent back, who has it handed over is its sender, and what says after that that it is sent back is late. */
    private static boolean isOnItsWayBack(List<Scan> parcel) {
        boolean wasSentBack = false;
        boolean isBack = false;
        for (Scan scan : parcel) {
            boolean isHome = wasSentBack && scan.status().equals("delivered");
            if (isHome) {
                return false;
            }
            wasSentBack |= isBack(scan);
            isBack = isBack(scan) || (isBack && !SETTLED.contains(scan.status()));
        }
        return isBack;
    }

    @Provide
    Arbitrary<Journey> journeys() {
        return Arbitraries.of(List.of("T1"), List.of("T1 L1"), List.of("T1", "T2"), List.of("T1 L1", "T2"))
                .flatMap(numbers -> scans(numbers)
                        .flatMap(scans -> batches(scans).map(batches -> new Journey(numbers, scans, batches))));
    }

    private static Arbitrary<List<Scan>> scans(List<String> numbers) {
        List<String> all =
                numbers.stream().flatMap(parcel -> Stream.of(parcel.split(" "))).toList();
        Arbitrary<String> statuses = Arbitraries.of(
                "pending",
                "picked_up",
                "in_transit",
                "in_transit",
                "on_hold",
                "delivery_delayed",
                "out_for_delivery",
                "ready_for_pickup",
                "delivery_failed",
                "return_to_sender",
                "delivered",
                "delivered",
                "cancelled",
                "unknown");
        return Combinators.combine(Arbitraries.of(all), statuses)
                .as(Tuple::of)
                .list()
                .ofMinSize(2)
                .ofMaxSize(7)
                .map(scans -> IntStream.range(0, scans.size())
                        .mapToObj(minute -> new Scan(
                                scans.get(minute).get1(), scans.get(minute).get2(), minute))
                        .toList());
    }

    private static Arbitrary<List<Batch>> batches(List<Scan> scans) {
        Arbitrary<List<Scan>> order = Arbitraries.of(scans)
                .list()
                .ofMaxSize(2)
                .flatMap(twice -> Arbitraries.shuffle(
                        Stream.concat(scans.stream(), twice.stream()).toList()));
        Arbitrary<List<Way>> ways = Arbitraries.of(Way.class).list().ofSize(scans.size() + 2);
        Arbitrary<Set<Integer>> cuts =
                Arbitraries.integers().between(1, scans.size() + 1).set();
        return Combinators.combine(order, ways, cuts).as(AnyJourneyContract::cut);
    }

    private static List<Batch> cut(List<Scan> scans, List<Way> ways, Set<Integer> cuts) {
        List<Batch> batches = new ArrayList<>();
        List<Integer> ends = Stream.concat(cuts.stream(), Stream.of(scans.size()))
                .filter(end -> end <= scans.size())
                .distinct()
                .sorted()
                .toList();
        int begin = 0;
        for (int end : ends) {
            List<Scan> some = new ArrayList<>(new HashSet<>(scans.subList(begin, end)));
            some.sort(Comparator.comparing(Scan::minute));
            batches.add(new Batch(ways.get(batches.size()), List.copyOf(some)));
            begin = end;
        }
        return batches;
    }
}
