package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Fate;
import io.waybill.batch.Feed;
import io.waybill.batch.Taker;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.format.Document;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.Channel;
import io.waybill.ledger.Database;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.JourneyBook;
import io.waybill.ledger.LiveBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderSearch;
import io.waybill.ledger.RolloutBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Switch;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.measure.Money;
import io.waybill.order.Content;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.rollout.Moment;
import io.waybill.rollout.Price;
import io.waybill.rollout.Pricing;
import io.waybill.rollout.Rollout;
import io.waybill.rollout.ShadowReport;
import io.waybill.rollout.ShadowRows;
import io.waybill.rollout.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace moves from sheets to the API: the boundary is clean, what is looked at buys nothing, what is off waits. */
abstract class RolloutContract {
    private static final Moment NOW = new Moment(null);
    private static final Moment DECEMBER = Moment.read("2026-12-01T00:00:00+01:00", "");
    private static final String BEFORE = "2026-11-30T23:59:59+01:00";
    private static final String AFTER = "2026-12-01T00:00:00+01:00";

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Rig rig;
    private Rollout rollout;

    @TempDir
    Path folder;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
        rollout = new Rollout(rig.ledger, Set.of("acme"), () -> {});
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void an_order_is_taken_by_the_channel_that_was_open_when_it_was_placed() {
        cutOver();

        assertThat(by("upload", placed("SO-1", BEFORE)).result()).isEqualTo(Result.ACCEPTED);
        assertThat(by("api", placed("SO-2", AFTER)).result()).isEqualTo(Result.ACCEPTED);
        Taken late = by("upload", placed("SO-3", AFTER));
        Taken early = by("webhook", placed("SO-4", BEFORE));
        assertThat(by("file", placed("SO-5", AFTER)).result()).isEqualTo(Result.ACCEPTED);

        assertThat(codes(late)).containsExactly("channel-closed");
        assertThat(late.problems().get(0).sentence(Locale.ENGLISH))
                .contains(
                        "acme takes no orders by excel",
                        "since 2026-11-30T23:00:00Z",
                        "ask Ada",
                        "open for it: api since 2026-11-30T23:00:00Z, portal");
        assertThat(late.problems().get(0).sentence(Locale.CHINESE)).containsPattern("\\p{IsHan}");
        assertThat(codes(early)).containsExactly("channel-not-open");
        assertThat(known("SO-3")).isFalse();
        assertThat(known("SO-4")).isFalse();
        assertThat(rig.ledger.<List<RolloutBook.Refused>>read(tx -> tx.rollout().refused("acme")))
                .extracting(one -> one.name() + " " + one.refused() + " " + one.refusedOrder())
                .containsExactlyInAnyOrder("excel 1 SO-3", "api 1 SO-4");
    }

    @Test
    void a_rehearsal_says_that_the_channel_is_closed_and_counts_nothing() {
        cutOver();
        ObjectNode late = placed("SO-1", AFTER);

        assertThatThrownBy(() -> rig.intake.preview(submission("erp", "upload", late)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("takes no orders by excel");
        assertThat(rig.intake.preview(submission("erp", "api", late)).order().orderId())
                .isEqualTo("SO-1");

        assertThat(rig.ledger.<List<RolloutBook.Refused>>read(tx -> tx.rollout().refused("acme")))
                .isEmpty();
        assertThat(orders()).isZero();
    }

    @Test
    void what_a_closed_channel_says_of_an_order_another_brought_is_counted_and_troubles_nobody() {
        cutOver();
        rig.settled(by("upload", placed("SO-1", BEFORE).put("release", "hold")), ShipmentState.HELD);

        Taken otherwise = by("webhook", placed("SO-1", BEFORE).put("reference", "PO-2"));

        assertThat(codes(otherwise)).containsExactly("channel-not-open");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_is_in_is_answered_by_any_channel_and_changed_by_none_that_is_closed() {
        ObjectNode order = Rig.order("SO-1", "1.2").put("release", "hold");
        assertThat(by("upload", order).result()).isEqualTo(Result.ACCEPTED);
        rollout.setChannels("acme", Map.of(Channel.EXCEL, new Wanted(null, NOW, false)), null, "Ada");

        assertThat(by("upload", order).result()).isEqualTo(Result.DUPLICATE);
        assertThat(codes(by("upload", order.deepCopy().put("reference", "PO-2"))))
                .containsExactly("channel-closed");
        assertThat(codes(by("upload", Rig.order("SO-2", "1.2")))).containsExactly("channel-closed");
        assertThat(by("sql", order.deepCopy().put("reference", "PO-2")).result())
                .isEqualTo(Result.REPLACED);
    }

    @Test
    void rolled_back_the_old_channel_takes_orders_and_the_new_one_only_answers() {
        cutOver();
        ObjectNode taken = placed("SO-1", AFTER);
        by("api", taken);

        rollout.rollBackChannels("acme", null, "printer trouble", "Ada");

        assertThat(by("upload", placed("SO-2", AFTER)).result()).isEqualTo(Result.ACCEPTED);
        assertThat(codes(by("api", placed("SO-3", AFTER)))).containsExactly("channel-read-only");
        assertThat(by("api", taken).result()).isEqualTo(Result.DUPLICATE);
        assertThat(by("upload", taken).result()).isEqualTo(Result.DUPLICATE);
        assertThatThrownBy(() -> rollout.rollBackChannels("acme", null, null, "Ada"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("roll back");
        assertThat(audit("api")).containsExactly("channel.rolled-back", "channel.switched");
    }

    @Test
    void the_last_change_is_rolled_back_whatever_the_clock_of_the_hub_that_made_the_one_before() {
        rig.ledger.commitAll(tx -> tx.rollout()
                .set(new Switch(
                        "acme",
                        Switch.Kind.CHANNEL,
                        "sql",
                        false,
                        null,
                        null,
                        true,
                        null,
                        null,
                        "roc_ZZZ",
                        "Bob",
                        Instant.EPOCH,
                        null)));
        cutOver();

        rollout.rollBackChannels("acme", null, "printer trouble", "Ada");

        assertThat(by("upload", placed("SO-1", AFTER)).result()).isEqualTo(Result.ACCEPTED);
        assertThat(codes(by("sql", placed("SO-2", AFTER)))).containsExactly("channel-read-only");
    }

    @Test
    void a_change_of_which_a_later_one_changed_a_part_again_is_rolled_back_by_nobody() {
        cutOver();
        rollout.setChannels("acme", Map.of(Channel.API, new Wanted(null, null, false)), null, "Ada");
        rollout.rollBackChannels("acme", null, "a mistake", "Ada");

        assertThatThrownBy(() -> rollout.rollBackChannels("acme", null, null, "Ada"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("roll back");

        assertThat(codes(by("upload", placed("SO-1", AFTER)))).containsExactly("channel-closed");
    }

    @Test
    void changes_of_different_channels_are_rolled_back_one_after_the_other() {
        rollout.setChannels("acme", Map.of(Channel.SQL, new Wanted(null, null, true)), null, "Ada");
        cutOver();

        String last = Rollout.lastChange(rollout.switches(Namespaces.ALL)).orElseThrow();
        rollout.rollBackChannels("acme", last, null, "Ada");
        assertThatThrownBy(() -> rollout.rollBackChannels("acme", last, null, "Ada"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nothing was rolled back");
        rollout.rollBackChannels("acme", null, null, "Ada");

        assertThat(by("upload", placed("SO-1", AFTER)).result()).isEqualTo(Result.ACCEPTED);
        assertThat(by("sql", placed("SO-2", AFTER)).result()).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void orders_that_come_while_a_channel_closes_are_in_or_refused_and_none_after() {
        AtomicInteger number = new AtomicInteger();
        List<CompletableFuture<Taken>> answers = IntStream.range(0, 60)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> by("api", Rig.order("SO-" + number.incrementAndGet(), "1.2"))))
                .toList();
        answers.get(0).join();
        rollout.setChannels("acme", Map.of(Channel.API, new Wanted(null, NOW, false)), null, "Ada");
        Taken after = by("api", Rig.order("SO-LATE", "1.2"));

        assertThat(codes(after)).containsExactly("channel-closed");
        for (CompletableFuture<Taken> answer : answers) {
            Taken taken = answer.join();
            assertThat(known(String.valueOf(taken.orderId()))).isEqualTo(taken.result() == Result.ACCEPTED);
        }
    }

    @Test
    void what_comes_by_a_source_that_is_only_looked_at_is_never_an_order_and_buys_nothing() {
        rollout.setShadow("acme", "strict", true, null, "Ada");

        assertThat(from("strict", "api", Rig.order("SO-1", "1.2")).result()).isEqualTo(Result.SHADOWED);
        assertThat(from("strict", "file", Rig.order("SO-2", "1.2")).result()).isEqualTo(Result.SHADOWED);
        ObjectNode broken = Rig.order("SO-3", "1.2");
        ((ObjectNode) broken.path("shipTo")).put("postalCode", "nowhere");
        assertThat(from("strict", "file", broken).result()).isEqualTo(Result.SHADOWED);
        assertThat(from("strict", "sql", Rig.order("SO-1", "1.2")).result()).isEqualTo(Result.SHADOWED);

        assertThat(orders()).isZero();
        assertThat(rig.exceptions()).isEmpty();
        assertThat(carrier.asked).isEmpty();
        assertThat(rig.ledger.<Long>read(tx -> tx.shadows().count("strict", Namespaces.ALL)))
                .isEqualTo(3);

        rollout.setShadow("acme", "strict", false, null, "Ada");
        Taken live = from("strict", "api", Rig.order("SO-1", "1.2"));
        rig.settled(live, ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void it_cannot_call_off_what_a_live_channel_brought() {
        Taken live = rig.take(Rig.order("SO-1", "1.2").put("release", "hold"));
        rollout.setShadow("acme", "strict", true, null, "Ada");
        ObjectNode label = label("SO-1", "1Z1");

        Taken taken = rig.outside.take(
                new Submission("strict", "api", label, null, Content.hash(label), null, null, null, false, "Jane"));

        assertThat(taken.result()).isEqualTo(Result.SHADOWED);
        assertThat(rig.shipment(live).state()).isEqualTo(ShipmentState.HELD);
    }

    @Test
    void the_report_compares_field_by_field_and_cent_by_cent() {
        Taken same = rig.take(Rig.order("SO-1", "1.2"));
        rig.settled(same, ShipmentState.LABELLED);
        rig.settled(rig.take(Rig.order("SO-2", "1.2")), ShipmentState.LABELLED);
        ObjectNode outside = label("SO-3", "1Z3");
        rig.outside.take(
                new Submission("erp", "api", outside, null, Content.hash(outside), null, null, null, false, "Jane"));
        rollout.setShadow("acme", "strict", true, null, "Ada");

        ObjectNode grams = Rig.order("SO-1", null);
        ((ObjectNode) grams.path("parcels").get(0))
                .putObject("weight")
                .put("value", 1200)
                .put("unit", "g");
        from("strict", "api", grams);
        ObjectNode other = Rig.order("SO-2", "1.3").put("reference", "PO-2");
        from("strict", "api", other);
        from("strict", "api", Rig.order("SO-3", "1.2"));
        from("strict", "api", Rig.order("SO-4", "1.2"));
        rig.take(Rig.order("SO-5", "1.2"));
        Pricing pricing =
                new Pricing(rig.ledger, order -> Optional.of(new Price("fake", "ground", Money.of("9.00", "USD"))));
        assertThat(pricing.priceSome()).isFalse();

        ObjectNode report =
                ShadowReport.of(rollout.comparison(Namespaces.ALL), "strict", "acme", Instant.EPOCH, Locale.ENGLISH);

        assertThat(report.path("compared").asInt()).isEqualTo(3);
        assertThat(report.path("agreeing").asInt()).isEqualTo(2);
        assertThat(report.at("/fields/0/field").asText()).isEqualTo("/reference");
        assertThat(report.at("/fields/0/examples/0").toString())
                .isEqualTo("{\"orderId\":\"SO-2\",\"shadow\":\"PO-2\",\"live\":null}");
        assertThat(report.at("/fields/1/field").asText()).isEqualTo("/parcels/*/weight");
        assertThat(report.at("/fields/1/agreement").asText()).isEqualTo("50.0");
        assertThat(report.at("/fields/1/examples/0/shadow").asText()).isEqualTo("1300 g");
        assertThat(report.at("/cost/sums/0").toString())
                .isEqualTo("{\"currency\":\"USD\",\"orders\":3,\"shadow\":\"27.00\",\"live\":\"24.60\","
                        + "\"difference\":\"2.40\",\"dearer\":3,\"cheaper\":0}");
        assertThat(report.at("/onlyShadow/examples/0").asText()).isEqualTo("SO-4");
        assertThat(report.at("/onlyLive/examples/0").asText()).isEqualTo("SO-5");
        assertThat(ShadowRows.of(rollout.comparison(Namespaces.ALL), "strict", "acme", Instant.EPOCH, Locale.ENGLISH))
                .extracting(row -> row.path("orderId").asText() + " "
                        + row.path("result").asText() + " "
                        + row.path("field").asText(""))
                .containsExactly(
                        "SO-1 same ",
                        "SO-2 different /parcels/0/weight",
                        "SO-2 different /reference",
                        "SO-3 same ",
                        "SO-4 only-shadow ",
                        "SO-5 only-live ");
    }

    @Test
    void erasing_an_order_erases_what_was_looked_at_of_it_and_age_the_rest() {
        Taken live = rig.take(Rig.order("SO-1", "1.2"));
        rig.settled(live, ShipmentState.LABELLED);
        rollout.setShadow("acme", "strict", true, null, "Ada");
        from("strict", "api", Rig.order("SO-1", "1.2"));
        from("strict", "api", Rig.order("SO-2", "1.2"));

        new Erasure(rig.ledger).order(live.orderUid(), Namespaces.ALL, "Jane");
        assertThat(rig.ledger.<Long>read(tx -> tx.shadows().count("strict", Namespaces.ALL)))
                .isOne();
        assertThat(rig.ledger.<Integer>commit(tx -> tx.shadows().forget(Duration.ofDays(1), 10)))
                .isZero();
        assertThat(rig.ledger.<Integer>commit(tx -> tx.shadows().forget(Duration.ZERO, 10)))
                .isOne();
    }

    @Test
    void orders_wait_while_labels_are_off_and_are_bought_once_they_are_on() {
        rollout.setStage("acme", Stage.LABELS, false, "contract not signed", "Ada");

        Taken taken = rig.take(Rig.order("SO-1", "1.2"));
        var held = rig.settled(taken, ShipmentState.HELD);
        assertThat(held.holdReason()).isEqualTo("stageOff");
        assertThat(held.problem()).contains("stage-off");
        assertThat(rig.events(taken)).contains("order.held");
        assertThatThrownBy(() -> rig.desk.release(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("labels are switched on");
        assertThat(rig.desk.releaseDue()).isZero();
        assertThat(carrier.asked).isEmpty();

        rollout.setStage("acme", Stage.LABELS, true, null, "Ada");
        assertThat(rig.desk.releaseDue()).isEqualTo(1);
        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void a_purchase_whose_request_was_lost_is_not_sent_again_while_labels_are_off() {
        carrier.unreachable = true;
        carrier.script.add(FakeCarrier.Turn.LOSE_THE_REQUEST);
        Taken taken = rig.take(Rig.order("SO-1", "1.2"));
        rig.settled(taken, ShipmentState.UNKNOWN);
        rollout.setStage("acme", Stage.LABELS, false, "the old system buys again", "Ada");
        carrier.unreachable = false;
        int before = carrier.lookUps.get();

        await().until(() -> carrier.lookUps.get() >= before + 2);

        assertThat(carrier.asked).hasSize(1);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.UNKNOWN);
        await().until(() -> rig.exceptions().stream()
                .anyMatch(row -> row.reason().equals("purchase-unresolved")
                        && row.problems().contains("the labels of acme are switched off")));

        rollout.setStage("acme", Stage.LABELS, true, null, "Ada");
        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void nothing_that_comes_by_it_beside_orders_changes_an_order() throws IOException {
        Taken held = rig.take(Rig.order("SO-1", null));
        rollout.setShadow("acme", "strict", true, null, "Ada");
        Files.createDirectories(folder.resolve("packing"));
        Files.writeString(folder.resolve("packing/mapping.yaml"), """
                mapping: packing
                version: 1
                writes: packing/1
                reads: { format: csv }
                fields:
                  orderId: no
                  parcels[0].weight: { from: kg, decimal: ".", unit: kg }
                """);
        Mappings mappings = Mappings.load(folder, ShippedTargets::of);
        MappedIntake mapped = new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, mappings);
        Document row = new Document(
                1,
                1,
                1,
                JsonNodeFactory.instance.objectNode().put("no", "SO-1").put("kg", "1.2"),
                List.of(),
                List.of());
        Feed feed = new Feed(
                "orders",
                "strict",
                "acme",
                "file",
                "packing",
                mappings.get("packing").reads(),
                Locale.ENGLISH);

        Fate taken = mapped.take(row, new Taker.Context(feed, "f:1", null, null, null));

        assertThat(taken.code()).isEqualTo("shadowed");
        assertThat(rig.shipment(held).state()).isEqualTo(ShipmentState.HELD);
        rollout.setShadow("acme", "strict", false, null, "Ada");
        mapped.take(row, new Taker.Context(feed, "f:1", null, null, null));
        rig.settled(held, ShipmentState.LABELLED);
    }

    @Test
    void tracking_that_is_off_names_the_shipments_that_are_not_asked_for() {
        Taken taken = rig.take(Rig.order("SO-1", "1.2"));
        String shipment = rig.settled(taken, ShipmentState.LABELLED).id();
        rollout.setStage("acme", Stage.TRACKING, false, null, "Ada");

        assertThat(rig.ledger.<Set<String>>read(tx -> tx.rollout().off(Stage.TRACKING)))
                .containsExactly("acme");
        assertThat(rig.ledger.<Set<String>>read(tx -> tx.journeys().among(List.of(shipment), Set.of("acme"))))
                .containsExactly(shipment);
        rollout.setStage("acme", Stage.TRACKING, true, null, "Ada");
        assertThat(rig.ledger.<Set<String>>read(tx -> tx.rollout().off(Stage.TRACKING)))
                .isEmpty();
        assertThat(rig.ledger.<LiveBook.Counts>read(
                        tx -> tx.live().counts("erp", Namespaces.of(Set.of("acme", "other")))))
                .isEqualTo(new LiveBook.Counts(1, 1, 0, 0, 0, 0, 0));
        assertThat(rig.ledger.<List<LiveBook.Cost>>read(tx -> tx.live().costs("erp", Namespaces.ALL)))
                .singleElement()
                .satisfies(cost -> assertThat(cost.expected()).isEqualByComparingTo("8.10"));
        assertThat(rig.ledger.<Long>read(tx -> tx.rollout().seen("acme").labels()))
                .isOne();
        Namespaces other = Namespaces.of(Set.of("other"));
        assertThat(rig.ledger.<LiveBook.Counts>read(tx -> tx.live().counts("erp", other)))
                .isEqualTo(new LiveBook.Counts(0, 0, 0, 0, 0, 0, 0));
        assertThat(rig.ledger.<List<LiveBook.Cost>>read(tx -> tx.live().costs("erp", other)))
                .isEmpty();
        assertThat(rig.ledger.<List<String>>read(tx -> tx.orders().newest("erp", other, 10)))
                .isEmpty();
        assertThat(rig.ledger.<List<String>>read(tx -> tx.orders().newest("erp", Namespaces.ALL, 10)))
                .hasSize(1);
    }

    @Test
    void tracking_that_is_switched_on_once_more_asks_for_nothing_before_it_is_due() {
        ShipmentRow row = rig.settled(rig.take(Rig.order("SO-1", "1.2")), ShipmentState.LABELLED);
        rig.ledger.commitAll(tx -> tx.journeys().next(row.id(), Duration.ofHours(2)));

        rollout.setStage("acme", Stage.TRACKING, true, null, "Ada");
        rollout.setStage("acme", Stage.TRACKING, true, "pressed twice", "Ada");
        assertThat(dueForTracking(row)).isEmpty();

        rollout.setStage("acme", Stage.TRACKING, false, null, "Ada");
        rollout.setStage("acme", Stage.TRACKING, true, null, "Ada");
        assertThat(dueForTracking(row)).containsExactly(row.id());
    }

    @Test
    void a_stage_that_is_said_once_more_is_so_since_the_first_time() {
        rollout.setStage("acme", Stage.LABELS, false, "contract not signed", "Ada");
        List<Switch> first = rollout.switches(Namespaces.ALL);

        rollout.setStage("acme", Stage.LABELS, false, null, "Jane");

        assertThat(rollout.switches(Namespaces.ALL)).isEqualTo(first);
        assertThat(rig.ledger.<List<AuditBook.Entry>>read(
                        tx -> tx.audit().list(Namespaces.ALL, Stage.LABELS.word(), null, 10)))
                .extracting(AuditBook.Entry::actor)
                .containsExactly("Ada");
    }

    private List<String> dueForTracking(ShipmentRow row) {
        return rig
                .ledger
                .<List<JourneyBook.Moving>>commit(
                        tx -> tx.journeys().claim(String.valueOf(row.account()), 10, Duration.ofMinutes(1)))
                .stream()
                .map(JourneyBook.Moving::id)
                .toList();
    }

    private void cutOver() {
        rollout.setChannels(
                "acme",
                Map.of(
                        Channel.EXCEL,
                        new Wanted(null, DECEMBER, false),
                        Channel.API,
                        new Wanted(DECEMBER, null, false)),
                "cut-over",
                "Ada");
    }

    private Taken by(String channel, ObjectNode order) {
        return from("erp", channel, order);
    }

    private Taken from(String source, String channel, ObjectNode order) {
        return rig.take(submission(source, channel, order));
    }

    private static Submission submission(String source, String channel, ObjectNode order) {
        return new Submission(source, channel, order, null, Content.hash(order), null, null, null, false, "Jane");
    }

    private static ObjectNode placed(String orderId, String at) {
        return Rig.order(orderId, "1.2").put("placedAt", at);
    }

    private static ObjectNode label(String order, String number) {
        ObjectNode label = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", order)
                .put("account", "fake")
                .put("trackingNumber", number)
                .put("date", "2026-11-16")
                .put("system", "marketplace");
        label.putObject("cost").put("amount", "8.40").put("currency", "USD");
        return label;
    }

    private boolean known(String orderId) {
        return rig.ledger.read(tx -> tx.orders().lock("acme", orderId)).isPresent();
    }

    private int orders() {
        return rig.ledger
                .read(tx -> tx.orders()
                        .search(new OrderSearch(null, null, null, null, null, null, null, 10), Namespaces.ALL))
                .size();
    }

    private List<String> audit(@Nullable String entity) {
        return rig.ledger.<List<AuditBook.Entry>>read(tx -> tx.audit().list(Namespaces.ALL, entity, null, 10)).stream()
                .map(AuditBook.Entry::act)
                .toList();
    }

    private static List<String> codes(Taken taken) {
        return taken.problems().stream().map(Problem::code).toList();
    }
}
