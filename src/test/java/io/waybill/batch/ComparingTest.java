package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.batch.Comparing.Received;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.ComparedRows;
import io.waybill.ledger.ComparedSheet;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sheets that are compared on a real ledger, with prices that a test sets. */
class ComparingTest {
    private static final Feed CSV = new Feed(
            "orders", "acme", "acme", "upload", "m", Reading.of(Format.CSV).withDelimiter(';'), Locale.ENGLISH);

    @TempDir
    Path data;

    private final Carriers carriers = new Carriers();
    private Ledger ledger;
    private Comparing comparing;

    /** A city is needed; Oslo is another namespace's, Bern costs Swiss francs one way, nobody goes to Rome. */
    private static final class Carriers implements Prices {
        final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        final AtomicInteger waiting = new AtomicInteger();
        final AtomicInteger mostWaiting = new AtomicInteger();
        volatile int dieAt = -1;

        @Override
        public Supplier<Priced> of(Document document, Feed feed, Namespaces scope) {
            String id = document.tree().path("order_no").asText();
            String city = document.tree().path("city").asText();
            if (asked.size() == dieAt) {
                throw new IllegalStateException("the database is gone");
            }
            asked.add(id);
            mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            return () -> {
                waiting.decrementAndGet();
                return priced(id, city);
            };
        }

        private static Priced priced(String id, String city) {
            return switch (city) {
                case "" -> Priced.bad(null, id, List.of(Problem.of(ShopTaker.Wrong.CITY_IS_MISSING)));
                case "Narvik" -> Priced.bad("north", id, List.of(Problem.of(ShopTaker.Wrong.CITY_IS_MISSING)));
                case "nowhere" -> Priced.skipped(null, "not ours");
                case "Rome" -> new Priced("acme", id, null, List.of(), Map.of());
                default -> new Priced(city.equals("Oslo") ? "north" : "acme", id, null, List.of(), prices(city));
            };
        }

        private static Map<Way, Price> prices(String city) {
            return Map.of(
                    Way.TODAY, price("5.10", city.equals("Bern") ? "CHF" : "USD"),
                    Way.CHEAPEST, price("4.05", "USD"),
                    Way.FASTEST, price("9.00", "USD"),
                    Way.BEST_VALUE, price("4.50", "USD"));
        }

        private static Price price(String amount, String currency) {
            return new Price("one", "ground", 2, Money.of(amount, currency));
        }
    }

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        comparing = start(5_000);
    }

    @AfterEach
    void close() {
        comparing.close();
        ledger.close();
    }

    @Test
    void a_sheet_of_several_hundred_orders_is_priced_whole_and_added_up() {
        ComparedSheet sheet = settled(hand(rows(650)));

        assertThat(sheet.state()).isEqualTo(ComparedSheet.DONE);
        assertThat(sheet.documents()).isEqualTo(650);
        assertThat(sheet.isLonger()).isFalse();
        ComparedRows.Sums sums = onlySums(sheet, Namespaces.ALL);
        assertThat(sums.orders()).isEqualTo(650);
        assertThat(sums.today()).isEqualByComparingTo("3315.00");
        assertThat(sums.cheapest()).isEqualByComparingTo("2632.50");
        assertThat(sums.fastest()).isEqualByComparingTo("5850.00");
        assertThat(sums.bestValue()).isEqualByComparingTo("2925.00");
        assertThat(carriers.asked).hasSize(650);
        assertThat(rowsOf(sheet, Namespaces.ALL, null))
                .hasSize(650)
                .extracting(ComparedRows.Row::orderId)
                .startsWith("R1", "R2")
                .endsWith("R650");
    }

    @Test
    void some_wait_for_their_prices_together_and_no_more() {
        settled(hand(rows(100)));

        assertThat(carriers.mostWaiting).hasValue(8);
        assertThat(carriers.waiting).hasValue(0);
    }

    @Test
    void what_is_wrong_is_told_by_row_and_only_what_compares_is_added_up() {
        ComparedSheet sheet = settled(hand("order_no;city\nA1;Berlin\nA2;\nA3;nowhere\nA4;Rome\nA5;Bern\n"));

        assertThat(rowsOf(sheet, Namespaces.ALL, null))
                .extracting(ComparedRows.Row::result)
                .containsExactly("PRICED", "BAD", "SKIPPED", "UNPRICED", "PRICED");
        assertThat(rowsOf(sheet, Namespaces.ALL, "BAD")).singleElement().satisfies(bad -> {
            assertThat(bad.firstRow()).isEqualTo(3);
            assertThat(bad.problems()).contains("city-is-missing");
        });
        assertThat(onlySums(sheet, Namespaces.ALL).orders()).isEqualTo(1);
        assertThat(ledger.<Map<String, Integer>>read(tx -> tx.comparedRows().results(sheet, Namespaces.ALL)))
                .isEqualTo(Map.of("PRICED", 2, "BAD", 1, "SKIPPED", 1, "UNPRICED", 1));
    }

    @Test
    void what_was_noted_of_a_sheet_is_told_once_though_it_is_compared() {
        ComparedSheet sheet = settled(hand("order_no;city;floor\nA1;Berlin;2\nA2;Rome\nA3;Bern\n"));

        assertThat(sheet.state()).isEqualTo(ComparedSheet.DONE);
        assertThat(sheet.problems()).containsOnlyOnce("cells-left-out").doesNotContain("batch-rows-noted");
    }

    @Test
    void the_same_sheet_is_not_priced_twice_unless_it_is_asked_for_again() {
        Received first = hand(rows(20));
        settled(first);

        Received second = hand(rows(20));
        assertThat(second.known()).isTrue();
        assertThat(second.sheet().id()).isEqualTo(first.sheet().id());
        assertThat(carriers.asked).hasSize(20);

        Received again = hand(rows(20), true, Namespaces.ALL);
        assertThat(again.known()).isFalse();
        assertThat(onlySums(settled(again), Namespaces.ALL).orders()).isEqualTo(20);
        assertThat(carriers.asked).hasSize(40);
    }

    @Test
    void a_hub_that_died_between_two_rows_goes_on_where_it_stood() {
        carriers.dieAt = 300;
        Received handed = hand(rows(400));
        await().atMost(Duration.ofSeconds(60)).until(() -> carriers.asked.size() == 300);
        comparing.close();
        ledger.close();
        carriers.dieAt = -1;
        open();

        assertThat(onlySums(settled(handed), Namespaces.ALL).orders()).isEqualTo(400);
        assertThat(carriers.asked.size()).isLessThan(400 + 64 + 8);
    }

    @Test
    void a_longer_sheet_is_compared_as_far_as_is_allowed_and_anew_once_more_is() {
        comparing.close();
        comparing = start(30);
        ComparedSheet sheet = settled(hand(rows(40)));

        assertThat(sheet.isLonger()).isTrue();
        assertThat(sheet.documents()).isEqualTo(40);
        assertThat(onlySums(sheet, Namespaces.ALL).orders()).isEqualTo(30);
        assertThat(carriers.asked).hasSize(30);

        comparing.close();
        comparing = start(50);
        Received more = hand(rows(40));
        assertThat(more.known()).isFalse();
        assertThat(onlySums(settled(more), Namespaces.ALL).orders()).isEqualTo(40);
    }

    @Test
    void a_sheet_of_another_namespace_does_not_exist_and_orders_of_one_are_not_told_or_added_up() {
        ComparedSheet sheet = settled(hand("order_no;city\nA1;Berlin\nA2;Oslo\nA3;Narvik\n"));
        Namespaces other = Namespaces.of(Set.of("other"));
        Namespaces own = Namespaces.of(Set.of("acme"));

        assertThatThrownBy(() -> comparing.find(sheet.id(), other)).hasMessageContaining(sheet.id());
        assertThat(ledger.<List<ComparedSheet>>read(tx -> tx.compared().list(other, null, null, 10)))
                .isEmpty();
        assertThat(ledger.<List<ComparedSheet>>read(tx -> tx.compared().list(own, "acme", null, 10)))
                .hasSize(1);
        assertThat(rowsOf(sheet, own, null))
                .extracting(ComparedRows.Row::orderId)
                .containsExactly("A1");
        assertThat(onlySums(sheet, own).orders()).isEqualTo(1);
        assertThat(onlySums(sheet, Namespaces.ALL).orders()).isEqualTo(2);
    }

    @Test
    void an_order_of_which_no_namespace_is_known_is_told_only_to_who_sees_all_the_sheet_may_be_for() {
        ComparedSheet all = settled(hand("order_no;city\nA1;Berlin\nA2;\nA3;nowhere\n"));
        Namespaces own = Namespaces.of(Set.of("acme"));
        ComparedSheet less = settled(hand("order_no;city\nA1;Berlin\nA2;\nA3;nowhere\n", false, own));

        assertThat(rowsOf(all, own, null)).extracting(ComparedRows.Row::result).containsExactly("PRICED");
        assertThat(rowsOf(all, Namespaces.ALL, null)).hasSize(3);
        assertThat(rowsOf(less, own, null)).hasSize(3);
    }

    @Test
    void who_may_see_less_does_not_get_what_was_priced_for_others() {
        Received all = hand(rows(3));
        settled(all);

        Received less = hand(rows(3), false, Namespaces.of(Set.of("acme")));

        assertThat(less.known()).isFalse();
        assertThat(less.sheet().id()).isNotEqualTo(all.sheet().id());
    }

    @Test
    void what_could_not_be_read_is_tried_again_when_it_is_handed_over_again() {
        String wrong = "number;city\nA1;Berlin\n";
        ComparedSheet failed = settled(hand(wrong));
        assertThat(failed.state()).isEqualTo(ComparedSheet.FAILED);
        assertThat(failed.problems()).contains("column-is-missing");

        assertThat(hand(wrong).known()).isFalse();
    }

    @Test
    void nothing_is_left_of_a_sheet_but_its_prices_and_they_go_with_their_age() {
        ComparedSheet sheet = settled(hand(rows(10)));
        assertThat(data.resolve("uploads")).isEmptyDirectory();

        assertThat(ledger.<Boolean>commit(tx -> tx.compared().forgetOne(Duration.ofDays(1))))
                .isFalse();
        assertThat(ledger.<Boolean>commit(tx -> tx.compared().forgetOne(Duration.ZERO)))
                .isTrue();
        assertThat(rowsOf(sheet, Namespaces.ALL, null)).isEmpty();
        assertThatThrownBy(() -> comparing.find(sheet.id(), Namespaces.ALL)).hasMessageContaining(sheet.id());
    }

    private Comparing start(int most) {
        Comparing started = new Comparing(
                ledger, carriers, new ShopTaker(), Archive.in(data), (source, format) -> CSV, "node-1", most);
        started.start();
        return started;
    }

    private Received hand(String text) {
        return hand(text, false, Namespaces.ALL);
    }

    private Received hand(String text, boolean again, Namespaces scope) {
        return comparing.receive(new Comparing.Handed(
                CSV,
                null,
                "orders.csv",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                again,
                scope,
                "Ann"));
    }

    private ComparedSheet settled(Received received) {
        String id = received.sheet().id();
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> comparing.find(id, Namespaces.ALL),
                        sheet -> !sheet.state().equals(ComparedSheet.COMPARING)
                                && !data.resolve("uploads").resolve(id).toFile().exists());
    }

    private ComparedRows.Sums onlySums(ComparedSheet sheet, Namespaces scope) {
        List<ComparedRows.Sums> sums = ledger.read(tx -> tx.comparedRows().sums(sheet, scope));
        assertThat(sums).hasSize(1);
        return sums.get(0);
    }

    private List<ComparedRows.Row> rowsOf(ComparedSheet sheet, Namespaces scope, String result) {
        return ledger.read(tx -> tx.comparedRows().rows(sheet, scope, result, 0, 10_000));
    }

    private static String rows(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "R" + i + ";Berlin\n")
                .collect(Collectors.joining("", "order_no;city\n", ""));
    }
}
