package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.CallingOff;
import io.waybill.batch.Fate;
import io.waybill.batch.Feed;
import io.waybill.batch.Line;
import io.waybill.batch.Lines;
import io.waybill.batch.Preview;
import io.waybill.batch.Taker;
import io.waybill.batch.Uploads;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that is stopped while it is taken in or bought: each row has its word, and what was called off can be bought after all. */
abstract class StoppedBatchContract {
    private static final Feed FEED =
            new Feed("orders", "erp", "acme", "upload", null, Reading.of(Format.NDJSON), Locale.ENGLISH);

    private static final Feed PACKED =
            new Feed("orders", "strict", "acme", "upload", "packed", Reading.of(Format.NDJSON), Locale.ENGLISH);

    private static final Feed SHARED =
            new Feed("orders", "shared", "shared", "upload", null, Reading.of(Format.NDJSON), Locale.ENGLISH);

    @TempDir
    Path files;

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final CountDownLatch isAskedFor = new CountDownLatch(2);
    private Rig rig;
    private Node hub;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.stopped(database(), Rig.PATIENCE, FakeCarrier.account("fake", carrier));
        hub = new Node("node-1", files);
    }

    @AfterEach
    void stop() {
        carrier.lateAnswers.countDown();
        hub.uploads.close();
        rig.close();
    }

    /** A node at work on uploads, which may die at an order. */
    private final class Node implements Taker, Preview, CallingOff {
        final Uploads uploads;
        final MappedIntake mapped;
        volatile Runnable beforeRows = () -> {};
        volatile Runnable afterRows = () -> {};
        volatile Runnable beforeCallingOff = () -> {};
        volatile Runnable beforeFeed = () -> {};

        Node(String node, Path data) {
            Mappings none = Mappings.load(data.resolve("mappings"), ShippedTargets::of);
            mapped = new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, none);
            Archive archive = Archive.in(data);
            uploads = new Uploads(
                    rig.ledger,
                    new Batch(rig.ledger, this, archive, node),
                    this,
                    this,
                    archive,
                    (source, format) -> feed(source),
                    this,
                    node,
                    StoppedBatchContract.this::isGone);
        }

        private Feed feed(String source) {
            beforeFeed.run();
            return Stream.of(PACKED, SHARED)
                    .filter(feed -> feed.source().equals(source))
                    .findFirst()
                    .orElse(FEED);
        }

        @Override
        public List<Fate> takeAll(List<Handed> handed) {
            beforeRows.run();
            List<Fate> taken = mapped.takeAll(handed);
            afterRows.run();
            return taken;
        }

        @Override
        public Supplier<Foreseen> look(Document document, Context context, Namespaces scope) {
            Fate taken = mapped.rehearse(document, context, scope).fate();
            return () -> new Foreseen(taken, "acme", null, false, null);
        }

        @Override
        public Optional<Problem> outside(Document document, Context context, Namespaces scope) {
            return mapped.outside(document, context, scope);
        }

        @Override
        public @Nullable String number(Document document, Context context) {
            return mapped.number(document, context);
        }

        @Override
        public Optional<Fate> takenBefore(Document document, Context context, Instant since) {
            return mapped.takenBefore(document, context, since);
        }

        @Override
        public void callOff(List<String> orders, Why why, BiConsumer<Tx, String> said) {
            beforeCallingOff.run();
            rig.desk.callOff(orders, why, said);
        }
    }

    private boolean isGone(String node) {
        isAskedFor.countDown();
        return gone.contains(node);
    }

    @Test
    void what_is_being_bought_is_bought_and_what_is_not_is_called_off() {
        carrier.script.addAll(Collections.nCopies(4, Turn.SELL_AND_ANSWER_LATE));
        rig.dispatch.start();
        hub.uploads.start();
        String id = hand(orders(1, 10));
        await().until(() -> carrier.asked.size() == 4);
        await().until(() -> row(id).state().equals("DONE"));

        assertThat(stop(id).known()).isFalse();

        await().until(() -> became(id).get("calledOff"), Integer.valueOf(6)::equals);
        assertThat(row(id).state()).isEqualTo("STOPPING");
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 6, "underWay", 4));
        assertThatThrownBy(() -> hand(orders(1, 10))).hasMessageContaining("is being stopped");
        carrier.lateAnswers.countDown();
        await().until(() -> row(id).state().equals("STOPPED"));
        await().until(() -> became(id), Map.of("calledOff", 6, "labelled", 4)::equals);
        assertThat(carrier.asked).hasSize(4);
        assertThat(lines(id))
                .extracting(Line::result)
                .filteredOn("called_off"::equals)
                .hasSize(6);
        assertThat(lines(id))
                .extracting(Line::status)
                .filteredOn("cancelled"::equals)
                .hasSize(6);
        assertThat(stop(id).known()).isTrue();
        assertThat(audited("batch.stopped")).hasSize(1);
        assertThat(audited("order.cancelled")).hasSize(6).allMatch(entry -> ("batch " + id).equals(entry.detail()));
        assertThatThrownBy(() -> hub.uploads.commit(id, new Wish("good", null, null), Namespaces.ALL, "Ann"))
                .hasMessageContaining("was stopped");
    }

    @Test
    void a_sheet_whose_orders_have_their_labels_cannot_be_stopped() {
        carrier.script.add(Turn.SELL_AND_ANSWER_LATE);
        rig.dispatch.start();
        hub.uploads.start();
        String id = hand(orders(1, 1));
        await().until(() -> carrier.asked.size() == 1);
        await().until(() -> row(id).state().equals("DONE"));

        stop(id);
        await().until(() -> became(id), Map.of("underWay", 1)::equals);
        carrier.lateAnswers.countDown();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThatThrownBy(() -> stopAnother(orders(1, 1) + " ")).hasMessageContaining("nothing of batch");
    }

    @Test
    void rows_behind_the_stop_are_not_taken_in_and_the_same_sheet_brings_all_of_them_after_all() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        hub.beforeRows = () -> {
            asked.countDown();
            waitFor(goesOn);
        };
        hub.uploads.start();
        String sheet = orders(1, Taker.TOGETHER + 20);
        String id = hand(sheet);
        waitFor(asked);

        stop(id);
        goesOn.countDown();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", Taker.TOGETHER, "notTakenIn", 20));
        Line last = lines(id).get(Taker.TOGETHER + 19);
        assertThat(last.status()).isEqualTo("not_taken");
        assertThat(last.orderId()).isEqualTo("SO-" + (Taker.TOGETHER + 20));
        assertThat(last.reason(Locale.ENGLISH)).startsWith("not taken in: the batch was stopped before this row");
        assertThat(lines(id).get(0).reason(Locale.ENGLISH)).startsWith("called off, and not bought");

        hub.beforeRows = () -> {};
        assertThat(hand(sheet)).isEqualTo(id);
        await().until(() -> row(id).state().equals("DONE"));
        assertThat(lines(id).stream().collect(Collectors.groupingBy(Line::result, Collectors.counting())))
                .isEqualTo(Map.of("replaced", (long) Taker.TOGETHER, "accepted", 20L));
        assertThat(lines(id)).extracting(Line::status).containsOnly("ready");
    }

    @Test
    void a_node_that_is_killed_while_it_calls_off_goes_on_and_each_order_is_called_off_once() {
        hub.uploads.start();
        String id = hand(orders(1, 120));
        await().until(() -> row(id).state().equals("DONE"));
        CountDownLatch second = new CountDownLatch(2);
        hub.beforeCallingOff = () -> {
            second.countDown();
            if (second.getCount() == 0) {
                throw new IllegalStateException("killed");
            }
        };
        stop(id);
        waitFor(second);
        hub.uploads.close();
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 50, "waiting", 70));

        hub = new Node("node-1", files);
        hub.uploads.start();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 120));
        assertThat(audited("order.cancelled")).hasSize(120);
    }

    @Test
    void what_a_killed_node_took_in_without_a_word_is_called_off_by_the_stop_of_another_node() {
        hub.afterRows = () -> {
            throw new IllegalStateException("killed");
        };
        hub.uploads.start();
        String id = hand(orders(1, 30));
        await().until(() -> order("SO-30").isPresent());
        hub.uploads.close();
        assertThat(lines(id)).isEmpty();

        Node other = new Node("node-2", files.resolve("other"));
        other.uploads.stop(id, Namespaces.ALL, "Ann");
        other.uploads.start();
        hub = new Node("node-1", files);
        hub.uploads.start();

        await().until(() -> row(id).state().equals("STOPPED"));
        other.uploads.close();
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 30));
        assertThat(lines(id)).extracting(Line::result).containsOnly("called_off");
        assertThat(order("SO-30").orElseThrow().cancelledAt()).isNotNull();
    }

    @Test
    void what_a_killed_node_took_in_without_a_word_is_told_as_accepted_when_it_goes_on_and_can_be_stopped_then() {
        hub.afterRows = () -> {
            throw new IllegalStateException("killed");
        };
        hub.uploads.start();
        String id = hand(orders(1, 30));
        await().until(() -> order("SO-30").isPresent());
        hub.uploads.close();

        hub = new Node("node-1", files);
        hub.uploads.start();

        await().until(() -> row(id).state().equals("DONE"));
        assertThat(lines(id)).hasSize(30).extracting(Line::result).containsOnly("accepted");
        stop(id);
        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 30));
    }

    @Test
    void an_order_that_was_in_before_stays_and_one_that_is_called_off_since_is_not_opened_again() {
        Taken known = rig.take(Rig.order("SO-1", "1.2"));
        hub.uploads.start();
        String sheet = orders(1, 3);
        String id = hand(sheet);
        await().until(() -> row(id).state().equals("DONE"));
        stop(id);
        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 2, "waiting", 1));
        assertThat(rig.shipment(known).state()).isEqualTo(ShipmentState.READY);

        rig.desk.cancel(order("SO-3").orElseThrow().id(), Namespaces.ALL, "ops");
        String corrected = hand(sheet + "\n");

        await().until(() -> row(corrected).state().equals("DONE"));
        assertThat(lines(corrected)).extracting(Line::result).containsExactly("duplicate", "replaced", "conflict");
        assertThat(lines(corrected).get(2).code()).isEqualTo("order-cancelled");
    }

    @Test
    void an_order_that_waits_is_called_off_and_a_batch_that_is_over_cannot_be_stopped() {
        hub.uploads.start();
        String id = hand(Rig.order("SO-1", "1.2").put("release", "hold") + "\n");
        await().until(() -> row(id).state().equals("DONE"));
        rig.desk.cancel(order("SO-1").orElseThrow().id(), Namespaces.ALL, "ops");
        assertThatThrownBy(() -> stop(id)).hasMessageContaining("nothing of batch");
        assertThat(audited("batch.stopped")).isEmpty();

        String other = hand(Rig.order("SO-2", "1.2").put("release", "hold") + "\n");
        await().until(() -> row(other).state().equals("DONE"));
        assertThatThrownBy(() -> hub.uploads.stop(other, Namespaces.of(Set.of("globex")), "Eve"))
                .hasMessageContaining("there is no batch");
        stop(other);
        await().until(() -> row(other).state().equals("STOPPED"));
        assertThat(became(other)).isEqualTo(Map.of("calledOff", 1));
        assertThat(row(other).problems()).contains("\"by\":\"Ann\"");
    }

    @Test
    void a_sheet_of_weights_that_is_stopped_calls_off_no_order_it_was_only_packed_by() throws IOException {
        Taken known = rig.take(Rig.order("SO-1", null));
        Files.writeString(
                Files.createDirectories(files.resolve("mappings/packed")).resolve("mapping.yaml"), """
                mapping: packed
                version: 1
                writes: packing/1
                reads: { format: ndjson }
                fields:
                  orderId: no
                  parcels[]: { each: boxes, fields: { weight: { from: kg, decimal: ".", unit: kg } } }
                """);
        hub.uploads.close();
        hub = new Node("node-1", files);
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        hub.afterRows = () -> {
            taken.countDown();
            waitFor(goesOn);
        };
        hub.uploads.start();
        String id = hand(PACKED, "{\"no\": \"SO-1\", \"boxes\": [{\"kg\": \"1.2\"}]}\n");
        waitFor(taken);

        stop(id);
        goesOn.countDown();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(lines(id)).extracting(Line::result).containsExactly("accepted");
        assertThat(rig.shipment(known).state()).isEqualTo(ShipmentState.READY);
        assertThat(order("SO-1").orElseThrow().cancelledAt()).isNull();
    }

    @Test
    void an_order_that_another_sheet_has_corrected_since_is_that_sheets_and_stays() {
        hub.uploads.start();
        String id = hand(orders(1, 3));
        await().until(() -> row(id).state().equals("DONE"));
        String corrected = hand(Rig.order("SO-2", "2.4") + "\n");
        await().until(() -> row(corrected).state().equals("DONE"));
        assertThat(lines(corrected)).extracting(Line::result).containsExactly("replaced");

        stop(id);

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 2, "waiting", 1));
        assertThat(order("SO-2").orElseThrow().cancelledAt()).isNull();
    }

    @Test
    void what_comes_back_unbought_is_called_off_before_a_buyer_has_it_again() {
        hub.uploads.start();
        String id = hand(orders(1, 2));
        await().until(() -> row(id).state().equals("DONE"));
        ShipmentRow claimed = claimed("SO-1");
        stop(id);
        await().until(() -> became(id), Map.of("underWay", 1, "calledOff", 1)::equals);

        comesBackUnbought(claimed);
        rig.dispatch.start();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 2));
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void a_corrected_sheet_that_comes_while_the_stop_still_calls_off_brings_its_orders_after_all() {
        CountDownLatch callingOff = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        hub.uploads.start();
        String id = hand(orders(1, 3));
        await().until(() -> row(id).state().equals("DONE"));
        hub.beforeCallingOff = () -> {
            callingOff.countDown();
            waitFor(goesOn);
        };
        stop(id);
        waitFor(callingOff);
        CountDownLatch early = new CountDownLatch(1);
        hub.beforeRows = early::countDown;

        String corrected = hand(orders(1, 3) + "\n");
        assertThat(isReached(early)).as("taken in before the stop had ended").isFalse();
        goesOn.countDown();

        await().until(() -> row(corrected).state().equals("DONE"));
        assertThat(lines(corrected)).extracting(Line::result).containsOnly("replaced");
        assertThat(lines(corrected)).extracting(Line::status).containsOnly("ready");
        assertThat(row(id).state()).isEqualTo("STOPPED");
    }

    @Test
    void an_order_that_its_shop_called_off_while_it_was_being_bought_is_not_opened_again() {
        hub.uploads.start();
        String sheet = orders(1, 2);
        String id = hand(sheet);
        await().until(() -> row(id).state().equals("DONE"));
        ShipmentRow claimed = claimed("SO-1");
        Submission off = Rig.from("shop", Rig.order("SO-1", "1.2"));
        Taken late = rig.ledger.commit(new CancelDoor(rig.intake, true).work(off)::apply);
        assertThat(late.result()).isEqualTo(Taken.Result.CONFLICT);
        stop(id);
        comesBackUnbought(claimed);
        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 2));

        hand(sheet);

        await().until(() -> row(id).state().equals("DONE"));
        assertThat(lines(id)).extracting(Line::result).containsExactly("conflict", "replaced");
        assertThat(lines(id).get(0).code()).isEqualTo("order-cancelled");
    }

    @Test
    void a_stop_whose_node_never_comes_back_is_ended_by_another_once_it_is_gone_and_the_same_sheet_goes_on_there() {
        String sheet = orders(1, Taker.TOGETHER + 20);
        String id = killedBehind("SO-" + Taker.TOGETHER, sheet);
        Node other = new Node("node-2", files.resolve("other"));
        other.uploads.stop(id, Namespaces.ALL, "Ann");
        other.uploads.start();
        waitFor(isAskedFor);
        assertThat(row(id).state()).isEqualTo("STOPPING");

        gone.add("node-1");
        hub = other;

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", Taker.TOGETHER, "notTakenIn", 20));
        List<Line> lines = lines(id);
        assertThat(lines).extracting(Line::ordinal).containsExactlyElementsOf(places(1, Taker.TOGETHER + 20));
        assertThat(lines.subList(0, Taker.TOGETHER))
                .allMatch(line ->
                        line.result().equals("called_off") && line.rows().equals("" + line.ordinal()));
        assertThat(lines.subList(Taker.TOGETHER, lines.size()))
                .allMatch(
                        line -> line.result().equals("not_taken") && line.rows().isEmpty());
        assertThat(lines.get(Taker.TOGETHER).reason(Locale.ENGLISH))
                .isEqualTo("not taken in: the batch was stopped before this order, number 257 of the file, which was"
                        + " handed to node node-1 and could not be read further");
        assertThat(row(id).problems()).contains("\"by\":\"Ann\"").contains("batch-node-gone");
        assertThat(audited("order.cancelled")).hasSize(Taker.TOGETHER);

        assertThat(hand(sheet)).isEqualTo(id);
        await().until(() -> row(id).state().equals("DONE"));
        assertThat(lines(id).stream().collect(Collectors.groupingBy(Line::result, Collectors.counting())))
                .isEqualTo(Map.of("replaced", (long) Taker.TOGETHER, "accepted", 20L));
        assertThat(lines(id)).extracting(Line::status).containsOnly("ready");
    }

    @Test
    void a_stop_of_a_gone_node_tells_the_rows_that_were_looked_at_by_their_number() {
        hub.uploads.start();
        String sheet = orders(1, 40);
        String id = hand(FEED, sheet, true);
        await().until(() -> row(id).state().equals("CHECKED"));
        hub.beforeRows = () -> {
            throw new IllegalStateException("killed");
        };
        hub.uploads.commit(id, new Wish("all", null, null), Namespaces.ALL, "Ann");
        await().until(() -> hub.uploads.taken(row(id)).isPresent());
        hub.uploads.close();
        free(id);
        gone.add("node-1");
        hub = new Node("node-2", files.resolve("other"));
        stop(id);

        hub.uploads.start();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("notTakenIn", 40));
        assertThat(lines(id).get(39).orderId()).isEqualTo("SO-40");
        assertThat(lines(id).get(39).rows()).isEqualTo("40");
        assertThat(lines(id).get(39).code()).isEqualTo("stopped-before");
    }

    @Test
    void a_stop_is_ended_with_the_file_where_its_node_is_only_called_otherwise_since() {
        String id = killedBehind("SO-3", orders(1, 3));
        gone.add("node-1");
        hub = new Node("hub-1", files);
        stop(id);

        hub.uploads.start();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 3));
        assertThat(row(id).problems()).doesNotContain("batch-node-gone");
        assertThat(hub.uploads.taken(row(id)).orElseThrow().state()).isEqualTo("ARCHIVED");
    }

    @Test
    void a_stop_whose_node_comes_back_without_its_folder_calls_off_what_was_taken_in_all_the_same() {
        String id = killedBehind("SO-3", orders(1, 3));
        hub = new Node("node-1", files.resolve("empty"));
        stop(id);

        hub.uploads.start();

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 3));
        assertThat(row(id).problems()).containsOnlyOnce("batch-file-gone").doesNotContain("batch-node-gone");
        assertThat(order("SO-3"))
                .hasValueSatisfying(order -> assertThat(order.cancelledAt()).isNotNull());
    }

    @Test
    void a_stopped_look_whose_node_is_gone_is_ended_by_another() {
        String sheet = orders(1, 3);
        String id = hand(FEED, sheet, true);
        hub.uploads.close();
        hub = new Node("node-2", files.resolve("other"));
        hub.uploads.start();
        stop(id);
        waitFor(isAskedFor);
        assertThat(row(id).state()).isEqualTo("STOPPING");

        gone.add("node-1");

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(hand(FEED, sheet, true)).isEqualTo(id);
        await().until(() -> row(id).state().equals("CHECKED"));
        assertThat(lines(id)).hasSize(3);
    }

    @Test
    void what_a_node_takes_in_that_only_stood_still_is_called_off_although_another_had_ended_its_stop() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Node still = hub;
        still.beforeRows = () -> {
            asked.countDown();
            waitFor(goesOn);
        };
        still.uploads.start();
        String id = hand(orders(1, 30));
        waitFor(asked);
        free(id);
        gone.add("node-1");
        Node other = new Node("node-2", files.resolve("other"));
        other.uploads.stop(id, Namespaces.ALL, "Ann");
        other.uploads.start();
        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("notTakenIn", 30));

        goesOn.countDown();

        await().until(() ->
                order("SO-30").filter(order -> order.cancelledAt() != null).isPresent());
        await().until(() -> row(id).state().equals("STOPPED"));
        other.uploads.close();
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 30));
    }

    @Test
    void what_a_node_takes_in_that_only_stood_still_is_called_off_while_another_waits_for_what_is_being_bought() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger commits = new AtomicInteger();
        hub.beforeRows = () -> {
            if (commits.getAndIncrement() > 0) {
                asked.countDown();
                waitFor(goesOn);
            }
        };
        hub.uploads.start();
        String id = hand(orders(1, Taker.TOGETHER + 20));
        waitFor(asked);
        await().until(() -> order("SO-1").isPresent());
        ShipmentRow bought = claimed("SO-1");
        free(id);
        gone.add("node-1");
        Node other = new Node("node-2", files.resolve("other"));
        other.uploads.stop(id, Namespaces.ALL, "Ann");
        other.uploads.start();
        await().until(() ->
                became(id).equals(Map.of("underWay", 1, "calledOff", Taker.TOGETHER - 1, "notTakenIn", 20)));

        goesOn.countDown();

        await().until(() -> order("SO-276").isPresent());
        await().until(() -> became(id), Map.of("underWay", 1, "calledOff", Taker.TOGETHER + 19)::equals);
        comesBackUnbought(bought);
        await().until(() -> row(id).state().equals("STOPPED"));
        other.uploads.close();
        assertThat(became(id)).isEqualTo(Map.of("calledOff", Taker.TOGETHER + 20));
    }

    @Test
    void orders_that_the_same_bytes_of_another_source_brought_are_not_those_of_a_gone_nodes_stop() {
        String sheet = orders(1, 3);
        String id = killedBehind("SO-3", sheet);
        hub = new Node("node-2", files.resolve("other"));
        hub.uploads.start();
        String others = hand(SHARED, sheet);
        await().until(() -> row(others).state().equals("DONE"));

        gone.add("node-1");
        stop(id);

        await().until(() -> row(id).state().equals("STOPPED"));
        assertThat(became(id)).isEqualTo(Map.of("calledOff", 3));
        assertThat(order("SO-3"))
                .hasValueSatisfying(order -> assertThat(order.cancelledAt()).isNotNull());
        assertThat(lines(others)).extracting(Line::status).containsOnly("ready");
    }

    @Test
    void of_two_nodes_that_end_a_gone_nodes_stop_the_later_begins_nothing_anew() {
        String id = hand(orders(1, 3));
        gone.add("node-1");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Node later = new Node("node-3", files.resolve("later"));
        later.beforeFeed = () -> {
            asked.countDown();
            waitFor(goesOn);
        };
        stop(id);
        later.uploads.start();
        waitFor(asked);
        hub = new Node("node-2", files.resolve("other"));
        hub.uploads.start();
        await().until(() -> row(id).state().equals("STOPPED"));
        FileRow ended = hub.uploads.taken(row(id)).orElseThrow();

        goesOn.countDown();
        later.uploads.close();

        assertThat(hub.uploads.taken(row(id))).contains(ended);
    }

    @Test
    void a_corrected_sheet_that_comes_before_the_stop_of_a_gone_node_has_ended_brings_its_orders_after_all() {
        String id = killedBehind("SO-3", orders(1, 3));
        hub = new Node("node-2", files.resolve("other"));
        hub.uploads.start();
        stop(id);
        CountDownLatch early = new CountDownLatch(1);
        hub.beforeRows = early::countDown;
        String corrected = hand(orders(1, 3) + "\n");
        assertThat(isReached(early)).as("taken in before the stop had ended").isFalse();

        gone.add("node-1");

        await().until(() -> row(corrected).state().equals("DONE"));
        assertThat(lines(corrected)).extracting(Line::result).containsOnly("replaced");
        assertThat(row(id).state()).isEqualTo("STOPPED");
    }

    /** Its node took in what goes into one commit, up to this order, said nothing of it, and never comes back. */
    private String killedBehind(String last, String sheet) {
        AtomicInteger commits = new AtomicInteger();
        hub.beforeRows = () -> {
            if (commits.getAndIncrement() > 0) {
                throw new IllegalStateException("killed");
            }
        };
        hub.afterRows = () -> {
            throw new IllegalStateException("killed");
        };
        hub.uploads.start();
        String id = hand(sheet);
        await().until(() -> order(last).isPresent());
        hub.uploads.close();
        assertThat(lines(id)).isEmpty();
        free(id);
        return id;
    }

    /** As the nodes of a database do once one of them is gone. */
    private void free(String id) {
        await().until(() -> hub.uploads.taken(row(id)).isPresent());
        rig.ledger.commit(tx -> tx.files().endLeasesOf("node-1"));
    }

    private static List<Integer> places(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    /** Of this order, by a buyer who is on his way. */
    private ShipmentRow claimed(String number) {
        return rig.ledger.commit(tx -> {
            ShipmentRow ready =
                    tx.shipments().of(order(number).orElseThrow().id()).get(0);
            tx.purchases().claim(List.of(ready), ready.carrier(), "node-1", Duration.ofMinutes(5));
            return tx.shipments().of(ready.orderUid()).get(0);
        });
    }

    private void comesBackUnbought(ShipmentRow claimed) {
        rig.ledger.commit(
                tx -> tx.purchases().settle(claimed.id(), claimed.fence(), ShipmentState.READY, Duration.ZERO, null));
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void stopAnother(String sheet) {
        String id = hand(sheet);
        await().until(() -> row(id).state().equals("DONE"));
        stop(id);
    }

    private Uploads.Received stop(String id) {
        return hub.uploads.stop(id, Namespaces.ALL, "Ann");
    }

    private String hand(String sheet) {
        return hand(FEED, sheet);
    }

    private String hand(Feed feed, String sheet) {
        return hand(feed, sheet, false);
    }

    private String hand(Feed feed, String sheet, boolean dryRun) {
        return hub.uploads
                .receive(new Uploads.Handed(
                        feed,
                        null,
                        "orders.ndjson",
                        new ByteArrayInputStream(sheet.getBytes(StandardCharsets.UTF_8)),
                        dryRun,
                        false,
                        Namespaces.ALL,
                        "Ann"))
                .batch()
                .id();
    }

    private static String orders(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> Rig.order("SO-" + i, "1.2") + "\n")
                .collect(Collectors.joining());
    }

    private BatchRow row(String id) {
        return hub.uploads.find(id, Namespaces.ALL);
    }

    private Map<String, Integer> became(String id) {
        FileRow file = hub.uploads.taken(row(id)).orElseThrow();
        return rig.ledger.read(tx -> tx.stopped().became(file.id()));
    }

    private List<Line> lines(String id) {
        List<Line> all = new ArrayList<>();
        Lines lines = hub.uploads.givenBack(row(id), Namespaces.ALL).lines(0);
        for (Line line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    private Optional<OrderRow> order(String number) {
        return rig.ledger.commit(tx -> tx.orders().lock("acme", number));
    }

    private List<AuditBook.Entry> audited(String act) {
        return rig.ledger.<List<AuditBook.Entry>>read(tx -> tx.audit().list(Namespaces.ALL, null, null, 1_000)).stream()
                .filter(entry -> entry.act().equals(act))
                .toList();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
