package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Tracks;
import io.waybill.ledger.JourneyBook.Moving;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-24T12:00:00Z");

    private final List<List<String>> calls = new ArrayList<>();

    /** Takes three numbers in a call, and breaks on one. */
    private final Tracks carrier = new Tracks() {
        @Override
        public List<Event> track(List<String> numbers) {
            calls.add(List.copyOf(numbers));
            if (numbers.contains("T-bad")) {
                throw new IllegalStateException("nonsense from the carrier");
            }
            return numbers.stream()
                    .map(number -> new Event(number, "in_transit", "IT", null, null, NOON))
                    .toList();
        }

        @Override
        public int most() {
            return 3;
        }
    };

    @Test
    void as_many_numbers_go_in_a_call_as_the_carrier_takes_and_no_shipment_is_cut() {
        Page page = new Page(Map.of(
                "s0", List.of("T0"), "s1", List.of("T1a", "T1b"), "s2", List.of("T2a", "T2b"), "s3", List.of("T3")));
        page.ask(carrier, shipments("s0", "s1", "s2", "s3"), one -> false);
        assertThat(calls).containsExactly(List.of("T0", "T1a", "T1b"), List.of("T2a", "T2b", "T3"));
        assertThat(page.toldOf(shipments("s1").get(0)))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("T1a", "T1b");
    }

    @Test
    void a_call_that_fails_leaves_its_own_shipments_untold_and_what_failed_before_is_asked_about_alone() {
        Map<String, List<String>> numbers = Map.of("s0", List.of("T0"), "s1", List.of("T-bad"), "s2", List.of("T2"));
        Page first = new Page(numbers);
        first.ask(carrier, shipments("s0", "s1", "s2"), one -> false);
        assertThat(shipments("s0", "s1", "s2")).allMatch(first::isUntold);

        Set<String> failed = Set.of("s1");
        Page second = new Page(numbers);
        second.ask(carrier, shipments("s0", "s1", "s2"), one -> failed.contains(one.id()));
        assertThat(shipments("s0", "s2")).noneMatch(second::isUntold);
        assertThat(shipments("s1")).allMatch(second::isUntold);
    }

    @Test
    void of_a_shipment_that_failed_before_each_number_stands_by_itself() {
        Page page = new Page(Map.of("s0", List.of("T0", "T-bad", "T1")));
        page.ask(carrier, shipments("s0"), one -> true);
        assertThat(page.toldOf(shipments("s0").get(0)))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("T0", "T1");
        assertThat(shipments("s0")).allMatch(page::isUntold).noneMatch(page::isSilent);
    }

    @Test
    void more_numbers_than_a_call_takes_are_asked_about_all_the_same() {
        List<String> many = IntStream.range(0, 7).mapToObj(i -> "T" + i).toList();
        Page page = new Page(Map.of("s0", many));
        page.ask(carrier, shipments("s0"), one -> false);
        assertThat(page.toldOf(shipments("s0").get(0))).hasSize(7);
    }

    @Test
    void a_number_that_is_told_with_blanks_and_in_small_letters_is_the_one_that_was_asked_about() {
        Page page = told(Map.of("s0", List.of("1Z999AA1", "AB-1")), "1z 999 aa1", "ab 1");
        assertThat(page.toldOf(shipments("s0").get(0)))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("1Z999AA1", "AB-1");
    }

    @Test
    void a_number_that_may_be_either_of_two_is_neither_unless_it_is_written_like_one() {
        Page page = told(Map.of("s0", List.of("AB-1"), "s1", List.of("AB1")), "ab 1", "AB1", "AB-1");
        assertThat(page.toldOf(shipments("s0").get(0)))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("AB-1");
        assertThat(page.toldOf(shipments("s1").get(0)))
                .extracting(Tracks.Event::trackingNumber)
                .containsExactly("AB1");
    }

    private static Page told(Map<String, List<String>> numbers, String... told) {
        Page page = new Page(numbers);
        Tracks carrier = new Tracks() {
            @Override
            public List<Event> track(List<String> asked) {
                return Stream.of(told)
                        .map(number -> new Event(number, "in_transit", "IT", null, null, NOON))
                        .toList();
            }

            @Override
            public int most() {
                return 30;
            }
        };
        page.ask(carrier, shipments(numbers.keySet().toArray(String[]::new)), one -> false);
        return page;
    }

    private static List<Moving> shipments(String... ids) {
        return List.of(ids).stream()
                .map(id -> new Moving(id, "ord_" + id, "fake", null, null, 0))
                .toList();
    }
}
