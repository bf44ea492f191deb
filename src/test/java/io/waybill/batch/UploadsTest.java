package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.batch.Uploads.Received;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches on a real ledger, with a shop that remembers its orders and prices that can be changed. */
class UploadsTest {
    private static final Feed CSV = new Feed(
            "orders", "acme", "acme", "upload", "m", Reading.of(Format.CSV).withDelimiter(';'), Locale.ENGLISH);
    private static final String GOOD_BAD_GOOD = "order_no;city\nA1;Berlin\nA2;\nA3;Bremen\n";

    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
    private final Prices prices = new Prices();
    private Ledger ledger;
    private Uploads uploads;

    /** Looks as the shop would take, and asks a price that a test sets. */
    private final class Prices implements Preview {
        volatile String each = "4.00";
        volatile boolean dies;
        volatile CountDownLatch patience = new CountDownLatch(0);
        final List<String> looked = new ArrayList<>();

        @Override
        public Supplier<Foreseen> look(Document document, Taker.Context context, Namespaces scope) {
            String id = document.tree().path("order_no").asText();
            synchronized (looked) {
                if (dies && looked.size() == 100) {
                    throw new IllegalStateException("the database is gone");
                }
                looked.add(id);
            }
            try {
                patience.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            String city = document.tree().path("city").asText();
            Fate taken = city.isBlank()
                    ? Fate.rejected(id, List.of(Problem.of(ShopTaker.Wrong.CITY_IS_MISSING)))
                    : shop.orders.containsKey(id)
                            ? new Fate(Fate.Result.DUPLICATE, id, "ord_" + id, null, List.of())
                            : Fate.accepted(id, "ord_" + id);
            Price price = new Price("fake", "fake", "ground", Money.of(each, "USD"));
            return () ->
                    new Foreseen(taken, "acme", city, false, taken.result() == Fate.Result.ACCEPTED ? price : null);
        }

        @Override
        public Optional<Problem> outside(Document document, Taker.Context context, Namespaces scope) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        uploads = start(Duration.ofMinutes(30));
    }

    @AfterEach
    void close() {
        uploads.close();
        ledger.close();
    }

    @Test
    void uploads_wait_on_another_file_system_too() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(data)),
                "only where there is another file system");
        Path elsewhere = Files.createTempDirectory(memory, "uploads");
        Files.createSymbolicLink(data.resolve("uploads"), elsewhere);
        try {
            BatchRow batch = settled(hand(GOOD_BAD_GOOD, false).batch().id());

            assertThat(batch.state()).isEqualTo("DONE");
            assertThat(shop.orders).containsOnlyKeys("A1", "A3");
            assertThat(elsewhere).isEmptyDirectory();
            assertThat(data.resolve("work")).isEmptyDirectory();
        } finally {
            Files.deleteIfExists(elsewhere);
        }
    }

    @Test
    void what_cannot_be_given_its_name_on_another_file_system_leaves_nothing(@TempDir Path folder) throws IOException {
        Path disk = Files.createDirectories(Path.of("target", "uploads"));
        assumeTrue(
                !Files.getFileStore(folder).equals(Files.getFileStore(disk)),
                "only where there is another file system");
        Path written = Files.writeString(Files.createTempFile(disk, "written", ""), "A1;Berlin");
        Files.createDirectories(folder.resolve("bat_1").resolve("more"));

        assertThatThrownBy(() -> NewFile.move(written, folder, "bat_1")).isInstanceOf(UncheckedIOException.class);

        assertThat(folder.resolve(".bat_1.tmp")).doesNotExist();
        assertThat(written).doesNotExist();
    }

    @Test
    void what_cannot_be_given_its_name_in_another_systems_folder_leaves_nothing_there(@TempDir Path folder)
            throws IOException {
        Path written = Files.writeString(data.resolve("written"), "A1;Berlin");
        Files.createDirectories(folder.resolve("a.csv").resolve("more"));

        assertThatThrownBy(() -> NewFile.send(written, folder, "a.csv")).isInstanceOf(UncheckedIOException.class);

        assertThat(folder.resolve(".a.csv.tmp")).doesNotExist();
        assertThat(written).exists();
    }

    @Test
    void a_look_prices_every_good_row_and_takes_none() throws IOException {
        BatchRow batch = settled(hand(GOOD_BAD_GOOD, true).batch().id());

        Estimate estimate = estimate(batch);
        assertThat(batch.state()).isEqualTo("CHECKED");
        assertThat(batch.documents()).isEqualTo(3);
        assertThat(estimate.bad()).isEqualTo(1);
        assertThat(estimate.priced()).isEqualTo(2);
        assertThat(estimate.totals().get("USD")).isEqualByComparingTo("8.00");
        assertThat(shop.asked).isZero();
        Path errors = uploads.givenBack(batch, Namespaces.ALL).errors();
        assertThat(Files.readAllLines(errors)).hasSize(2).last().asString().startsWith("A2;;");
    }

    @Test
    void a_look_tells_beside_a_row_what_was_noted_of_it_before_it_is_bought() {
        BatchRow batch = settled(hand("order_no;city;floor\nA1;Berlin;2\nA2;Bremen\n", true)
                .batch()
                .id());

        assertThat(estimate(batch).bad()).isZero();
        assertThat(lines(batch)).extracting(Line::status).containsExactly("ready", "ready");
        assertThat(lines(batch).get(0).problems()).isEmpty();
        assertThat(lines(batch).get(1).problems()).extracting(Problem::code).containsExactly("cells-left-out");
        assertThat(batch.problems()).contains("cells-left-out").doesNotContain("batch-rows-noted");
        BatchRow more = settled(hand("order_no;city;floor\nA1;Berlin;2\nA2;Bremen\nA3;Bonn\n", true)
                .batch()
                .id());
        assertThat(more.problems()).contains("batch-rows-noted");
    }

    @Test
    void a_look_at_a_header_without_rows_says_so_and_there_is_nothing_to_buy() {
        BatchRow batch = settled(hand("order_no;city\n", true).batch().id());

        assertThat(batch.state()).isEqualTo("CHECKED");
        assertThat(batch.problems()).contains("no-documents", "order_no, city");
        assertThatThrownBy(() -> uploads.commit(batch.id(), new Wish("good", null, null), Namespaces.ALL, "Ann"))
                .hasMessageContaining("none of the 0 orders in this batch can be bought");
    }

    @Test
    void what_was_good_is_bought_and_what_was_bad_is_left_alone() {
        String id = settled(hand(GOOD_BAD_GOOD, true).batch().id()).id();

        Received committed = uploads.commit(id, new Wish("good", null, null), Namespaces.ALL, "Ann");

        assertThat(committed.known()).isFalse();
        BatchRow done = settled(id);
        assertThat(done.state()).isEqualTo("DONE");
        assertThat(shop.orders).containsOnlyKeys("A1", "A3");
        assertThat(shop.asked).isEqualTo(2);
        assertThat(words(done)).containsExactly("accepted", "rejected", "accepted");
        assertThat(uploads.commit(id, new Wish("all", null, null), Namespaces.ALL, "Ann")
                        .known())
                .isTrue();
        assertThat(hand(GOOD_BAD_GOOD, false).known()).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(data.resolve("uploads")).isEmptyDirectory());
        assertThat(shop.created).isEqualTo(2);
    }

    @Test
    void a_file_handed_over_to_be_bought_while_it_is_looked_at_is_taken_in_once_that_is_over() throws Exception {
        prices.patience = new CountDownLatch(1);
        String id = hand(GOOD_BAD_GOOD, true).batch().id();
        await().atMost(Duration.ofSeconds(60)).until(() -> !prices.looked.isEmpty());

        Received bought = hand(GOOD_BAD_GOOD, false);

        assertThat(bought.known()).isFalse();
        assertThat(hand(GOOD_BAD_GOOD, false).known()).isTrue();
        prices.patience.countDown();
        assertThat(settled(id).state()).isEqualTo("DONE");
        assertThat(shop.orders).containsOnlyKeys("A1", "A3");
        assertThat(words(find(id))).containsExactly("accepted", "rejected", "accepted");
        assertThat(shop.asked).as("what is bad is rejected as in a folder").isEqualTo(3);
    }

    @Test
    void all_or_none_and_never_above_the_maximum() {
        String bad = settled(hand(GOOD_BAD_GOOD, true).batch().id()).id();
        String good = settled(hand("order_no;city\nA1;Berlin\nA3;Bremen\n", true)
                        .batch()
                        .id())
                .id();

        assertThat(refusal(bad, new Wish("all", null, null))).isEqualTo("batch-has-bad-rows");
        assertThat(refusal(good, new Wish("all", new BigDecimal("7.99"), null))).isEqualTo("batch-above-max");
        assertThat(refusal(good, new Wish("all", new BigDecimal("8.00"), "EUR")))
                .isEqualTo("batch-other-currency");
        assertThat(shop.asked).isZero();
        uploads.commit(good, new Wish("all", new BigDecimal("8.00"), "USD"), Namespaces.ALL, "Ann");
        assertThat(settled(good).state()).isEqualTo("DONE");
    }

    @Test
    void old_prices_are_asked_for_again_and_the_maximum_is_kept_by_the_new_ones() {
        uploads.close();
        uploads = start(Duration.ZERO);
        String id = settled(hand("order_no;city\nA1;Berlin\nA3;Bremen\n", true)
                        .batch()
                        .id())
                .id();
        prices.each = "5.00";

        uploads.commit(id, new Wish("all", new BigDecimal("9.00"), "USD"), Namespaces.ALL, "Ann");

        BatchRow refused = settled(id);
        assertThat(refused.state()).isEqualTo("CHECKED");
        assertThat(refused.wish()).isNull();
        assertThat(refused.problems()).contains("batch-above-max", "10.00 USD");
        assertThat(shop.asked).isZero();
        uploads.commit(id, new Wish("all", new BigDecimal("10.00"), "USD"), Namespaces.ALL, "Ann");
        assertThat(settled(id).state()).isEqualTo("DONE");
        assertThat(shop.created).isEqualTo(2);
    }

    @Test
    void a_maximum_that_is_refused_hides_nothing_that_was_noted() {
        uploads.close();
        uploads = start(Duration.ZERO);
        String id = settled(hand("order_no;city;floor\nA1;Berlin;2\nA2;Bremen\n", true)
                        .batch()
                        .id())
                .id();
        prices.each = "5.00";

        uploads.commit(id, new Wish("all", new BigDecimal("9.00"), "USD"), Namespaces.ALL, "Ann");

        assertThat(settled(id).problems()).contains("batch-above-max", "cells-left-out");
    }

    @Test
    void a_hub_that_died_between_two_rows_goes_on_where_it_stood() {
        String file = rows(250);
        prices.dies = true;
        String id = hand(file, true).batch().id();
        await().atMost(Duration.ofSeconds(60)).until(() -> prices.looked.size() == 100);
        restart();
        assertThat(settled(id).state()).isEqualTo("CHECKED");
        assertThat(estimate(find(id)).priced()).isEqualTo(250);
        assertThat(prices.looked.size()).isLessThan(350);

        shop.dieAt = 120;
        uploads.commit(id, new Wish("good", null, null), Namespaces.ALL, "Ann");
        await().atMost(Duration.ofSeconds(60)).until(() -> shop.asked >= 120);
        restart();

        BatchRow done = settled(id);
        assertThat(done.state()).isEqualTo("DONE");
        assertThat(shop.created).isEqualTo(250);
        assertThat(words(done)).hasSize(250).containsOnly("accepted");
    }

    @Test
    void what_was_found_bad_is_left_alone_also_when_those_beside_it_fail() {
        String id = settled(hand("order_no;city\nA1;Berlin\nA2;\nA3;Bremen\nA4;Ulm\n", true)
                        .batch()
                        .id())
                .id();
        shop.dieAt = 3;
        uploads.commit(id, new Wish("good", null, null), Namespaces.ALL, "Ann");
        await().atMost(Duration.ofSeconds(60)).until(() -> shop.asked == 3);
        restart();

        assertThat(words(settled(id))).containsExactly("accepted", "rejected", "accepted", "accepted");
        assertThat(shop.asked).isEqualTo(4);
    }

    @Test
    void an_order_that_stands_twice_in_a_file_is_paid_once_and_with_other_content_is_a_mistake() {
        BatchRow batch = settled(hand("order_no;city\nA1;Berlin\nA1;Berlin\nA1;Bonn\n", true)
                .batch()
                .id());

        assertThat(words(batch)).containsExactly("accepted", "duplicate", "conflict");
        assertThat(estimate(batch).totals().get("USD")).isEqualByComparingTo("4.00");
    }

    @Test
    void a_batch_of_another_namespace_does_not_exist() {
        Namespaces own = Namespaces.of(Set.of("acme"));
        String id = settled(hand(GOOD_BAD_GOOD, true, own).batch().id()).id();
        Namespaces other = Namespaces.of(Set.of("other"));

        assertThatThrownBy(() -> uploads.find(id, other)).hasMessageContaining(id);
        assertThatThrownBy(() -> uploads.commit(id, new Wish("good", null, null), other, "Eve"))
                .hasMessageContaining("no batch");
        assertThat(ledger.<List<BatchRow>>read(tx -> tx.batches().list(other, null, null, 10)))
                .isEmpty();
        assertThat(listed(own)).containsExactly(id);
        assertThat(shop.asked).isZero();
    }

    @Test
    void a_batch_that_may_hold_orders_a_caller_does_not_see_does_not_exist_for_them() {
        Namespaces acme = Namespaces.of(Set.of("acme"));
        Namespaces both = Namespaces.of(Set.of("acme", "acme-2"));
        String ofAll =
                settled(hand("order_no;city\nA1;Berlin\n", true).batch().id()).id();
        String ofBoth = settled(
                        hand("order_no;city\nA2;Berlin\n", true, both).batch().id())
                .id();
        String own = settled(
                        hand("order_no;city\nA3;Berlin\n", true, acme).batch().id())
                .id();

        for (String hidden : List.of(ofAll, ofBoth)) {
            assertThatThrownBy(() -> uploads.find(hidden, acme)).hasMessageContaining(hidden);
            assertThatThrownBy(() -> uploads.commit(hidden, new Wish("good", null, null), acme, "Eve"))
                    .hasMessageContaining("no batch");
        }
        assertThat(shop.asked).isZero();
        assertThat(listed(acme)).containsExactly(own);
        assertThat(listed(both)).containsExactly(own, ofBoth);
        assertThat(listed(Namespaces.of(Set.of("2", "acme-2")))).isEmpty();
        assertThat(listed(Namespaces.of(Set.of()))).isEmpty();
        assertThat(listed(Namespaces.ALL)).containsExactly(own, ofBoth, ofAll);
    }

    @Test
    void the_same_bytes_begin_anew_for_who_sees_less_while_they_are_only_looked_at() {
        Namespaces acme = Namespaces.of(Set.of("acme"));
        String id = settled(hand(GOOD_BAD_GOOD, true).batch().id()).id();

        Received again = hand(GOOD_BAD_GOOD, true, acme);

        assertThat(again.known()).isFalse();
        assertThat(settled(id).state()).isEqualTo("CHECKED");
        assertThat(listed(acme)).containsExactly(id);
        hand(GOOD_BAD_GOOD, false);
        assertThat(settled(id).state()).isEqualTo("DONE");
        assertThat(listed(acme)).isEmpty();
        assertThatThrownBy(() -> hand(GOOD_BAD_GOOD, false, acme)).hasMessageContaining("more namespaces");
        assertThat(shop.created).isEqualTo(2);
    }

    @Test
    void a_look_at_a_file_that_is_to_be_read_in_another_format_is_looked_again() {
        String id = settled(hand(GOOD_BAD_GOOD, true).batch().id()).id();

        Received other = hand(GOOD_BAD_GOOD, true, Namespaces.ALL, "csv");

        assertThat(other.known()).isFalse();
        assertThat(settled(id).format()).isEqualTo("csv");
        assertThat(hand(GOOD_BAD_GOOD, true, Namespaces.ALL, "csv").known()).isTrue();
    }

    @Test
    void what_is_read_in_another_format_is_counted_anew() {
        String id = settled(hand(GOOD_BAD_GOOD, true).batch().id()).id();
        int foundInItsOldFormat = 0;
        ledger.commitAll(tx -> tx.batches().counted(id, foundInItsOldFormat));

        hand(GOOD_BAD_GOOD, true, Namespaces.ALL, "csv");

        assertThat(settled(id).documents()).isEqualTo(3);
    }

    private List<String> listed(Namespaces scope) {
        return ledger.<List<BatchRow>>read(tx -> tx.batches().list(scope, null, null, 10)).stream()
                .map(BatchRow::id)
                .toList();
    }

    @Test
    void what_could_not_be_read_is_tried_again_when_it_is_handed_over_again() {
        String wrong = "number;city\nA1;Berlin\n";
        BatchRow failed = settled(hand(wrong, true).batch().id());
        assertThat(failed.state()).isEqualTo("FAILED");
        assertThat(failed.problems()).contains("column-is-missing");

        assertThat(hand(wrong, true).known()).isFalse();
    }

    @Test
    void a_look_that_is_stopped_looks_at_no_further_row_and_can_be_bought_after_another_look() throws Exception {
        prices.patience = new CountDownLatch(1);
        String file = rows(100);
        String id = hand(file, true).batch().id();
        await().atMost(Duration.ofSeconds(60)).until(() -> !prices.looked.isEmpty());

        assertThat(uploads.stop(id, Namespaces.ALL, "Ann").known()).isFalse();
        assertThat(uploads.stop(id, Namespaces.ALL, "Eve").known()).isTrue();
        prices.patience.countDown();

        BatchRow stopped = settled(id);
        assertThat(stopped.state()).isEqualTo("STOPPED");
        assertThat(prices.looked).hasSize(8);
        assertThat(lines(stopped)).hasSize(8).extracting(Line::status).containsOnly("ready");
        assertThat(Uploads.stoppedBy(stopped)).isEqualTo("Ann");
        assertThat(shop.asked).isZero();

        assertThat(uploads.commit(id, new Wish("all", new BigDecimal("399"), "USD"), Namespaces.ALL, "Ann")
                        .known())
                .isFalse();
        assertThat(settled(id).problems()).contains("batch-above-max", "400.00 USD");
        assertThatThrownBy(() -> uploads.stop(id, Namespaces.ALL, "Ann")).hasMessageContaining("nothing of batch");
        uploads.commit(id, new Wish("all", new BigDecimal("400"), "USD"), Namespaces.ALL, "Ann");
        assertThat(settled(id).state()).isEqualTo("DONE");
    }

    @Test
    void a_stop_drops_what_was_to_be_bought_after_a_look_and_the_same_file_begins_anew() throws Exception {
        prices.patience = new CountDownLatch(1);
        String file = rows(100);
        String id = hand(file, true).batch().id();
        await().atMost(Duration.ofSeconds(60)).until(() -> !prices.looked.isEmpty());
        hand(file, false);

        uploads.stop(id, Namespaces.ALL, "Ann");

        assertThatThrownBy(() -> hand(file, true)).hasMessageContaining("is being stopped");
        assertThat(refusal(id, new Wish("good", null, null))).isEqualTo("batch-stopping");
        prices.patience.countDown();
        assertThat(settled(id).state()).isEqualTo("STOPPED");
        assertThat(find(id).wish()).isNull();
        assertThat(shop.asked).isZero();
        assertThat(hand(file, true).known()).isFalse();
        assertThat(settled(id).state()).isEqualTo("CHECKED");
        assertThat(lines(find(id))).hasSize(100);
    }

    @Test
    void a_look_that_was_stopped_as_its_hub_died_is_stopped_after_the_next_start() {
        prices.dies = true;
        String id = hand(rows(250), true).batch().id();
        await().atMost(Duration.ofSeconds(60)).until(() -> prices.looked.size() == 100);
        uploads.stop(id, Namespaces.ALL, "Ann");

        restart();

        assertThat(settled(id).state()).isEqualTo("STOPPED");
        assertThat(prices.looked).hasSize(100);
    }

    private Uploads start(Duration fresh) {
        Archive archive = Archive.in(data);
        Batch batch = new Batch(ledger, shop, archive, "node-1");
        CallingOff nobody = (orders, why, said) -> {};
        Uploads started = new Uploads(
                ledger, batch, shop, prices, archive, (source, format) -> CSV, nobody, "node-1", gone -> false, fresh);
        started.start();
        return started;
    }

    private void restart() {
        uploads.close();
        ledger.close();
        shop.dieAt = -1;
        prices.dies = false;
        open();
    }

    private Received hand(String text, boolean dryRun) {
        return hand(text, dryRun, Namespaces.ALL);
    }

    private Received hand(String text, boolean dryRun, Namespaces scope) {
        return hand(text, dryRun, scope, null);
    }

    private Received hand(String text, boolean dryRun, Namespaces scope, @Nullable String format) {
        return uploads.receive(new Uploads.Handed(
                CSV,
                format,
                "orders.csv",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                dryRun,
                false,
                scope,
                "Ann"));
    }

    private Estimate estimate(BatchRow batch) {
        return ledger.read(tx -> Estimate.of(tx, batch));
    }

    private BatchRow find(String id) {
        return uploads.find(id, Namespaces.ALL);
    }

    private BatchRow settled(String id) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> find(id), batch -> !batch.state().endsWith("ING"));
    }

    private String refusal(String id, Wish wish) {
        try {
            uploads.commit(id, wish, Namespaces.ALL, "Ann");
            return "none";
        } catch (ProblemException e) {
            return e.problems().get(0).code();
        }
    }

    private List<String> words(BatchRow batch) {
        return lines(batch).stream().map(Line::result).toList();
    }

    private List<Line> lines(BatchRow batch) {
        List<Line> all = new ArrayList<>();
        Lines lines = uploads.givenBack(batch, Namespaces.ALL).lines(0);
        for (Line line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    private static String rows(int count) {
        StringBuilder text = new StringBuilder("order_no;city\n");
        for (int i = 1; i <= count; i++) {
            text.append('R').append(i).append(";Berlin\n");
        }
        return text.toString();
    }
}
