package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.IncomingFile;
import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Voids.Voided;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.Resolution;
import io.waybill.dispatch.Resolution.Action;
import io.waybill.edge.EdgeCode;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.BackupSettings;
import io.waybill.ledger.Backups;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Restore;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import io.waybill.tracking.Tracking;
import io.waybill.tracking.TrackingSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever needs a person is one row until a fact settles it. */
abstract class ExceptionLoopContract {
    @TempDir
    Path folder;

    private final AtomicBoolean sinkIsDown = new AtomicBoolean();
    private Database database;
    private MoodyCarrier carrier;
    private Rig rig;
    private Tracking tracking;
    private Delivery delivery;
    private String disputed = "";

    abstract Database database();

    @BeforeEach
    void open() {
        database = database();
    }

    @AfterEach
    void stop() {
        if (tracking != null) {
            tracking.close();
        }
        if (delivery != null) {
            delivery.stop();
        }
        carrier.fake.lateAnswers.countDown();
        rig.close();
    }

    /** A way into an exception, and out of it by a fact; the compiler asks for one for each reason. */
    private record Loop(Runnable opens, Fact fact, Runnable happens) {}

    private Loop loop(Reason reason) {
        return switch (reason) {
            case ORDER_REJECTED -> new Loop(() -> take(badlyAddressed()), Fact.REVISED, () -> take(order()));
            case FILE_FAILED -> new Loop(() -> drop("[" + order()), Fact.TAKEN_IN, () -> drop("[" + order() + "]"));
            case RELEASE_STUCK -> new Loop(this::itsAccountIsGone, Fact.REVISED, () -> take(order()));
            case NO_RATE -> new Loop(this::noPrices, Fact.REVISED, () -> take(order()));
            case CARRIER_REFUSED -> new Loop(this::refusal, Fact.REVISED, () -> take(Rig.order("SO-1", "2")));
            case PURCHASE_FAILED -> new Loop(this::adapterBreaks, Fact.LABEL, () -> carrier.breaksOnPurchases = false);
            case PURCHASE_UNRESOLVED -> new Loop(this::lostAnswer, Fact.LABEL, this::lookedUp);
            case BOUGHT_ANYWAY -> new Loop(this::buyAnyway, Fact.VOIDED, this::auditFindsTheFirst);
            case ORPHAN_LABEL ->
                new Loop(
                        () -> {
                            carrier.fake.everyVoid = new Voided.Unknown("timed out");
                            secondSale();
                        },
                        Fact.VOIDED,
                        () -> carrier.fake.everyVoid = null);
            case SECOND_LABEL ->
                new Loop(this::labelledTwice, Fact.VOIDED, () -> importLabel(label().put("voided", true)));
            case CHANGED_LATE -> new Loop(this::changesLate, Fact.VOIDED, this::voidChanged);
            case SOURCE_SILENT ->
                new Loop(
                        () -> positions()
                                .silent("erp", Problem.of(EdgeCode.SYSTEM_LOCKED, "system", "erp", "why", "401")),
                        Fact.SOURCE_READ,
                        () -> positions().heard("erp"));
            case MARK_FAILED ->
                new Loop(
                        () -> positions()
                                .unmarked(
                                        "erp",
                                        Problem.of(
                                                EdgeCode.ROW_UNMARKED,
                                                "source",
                                                "erp",
                                                "key",
                                                "SO-1",
                                                "rows",
                                                1,
                                                "why",
                                                "permission denied")),
                        Fact.MARKED,
                        () -> positions().marked("erp"));
            case LABEL_OVERDUE -> new Loop(this::labelDoesNotCome, Fact.LABEL, () -> carrier.fake.labelIsReady(true));
            case LABEL_GONE -> new Loop(this::labelIsGone, Fact.VOIDED, this::voidIsGrantedAfterAll);
            case BALANCE_LOW -> new Loop(() -> hasLeft("99.50"), Fact.FUNDED, () -> hasLeft("100"));
            case VOID_REFUSED -> new Loop(this::refusedVoid, Fact.VOIDED, this::voidAgain);
            case REFUND_OVERDUE -> new Loop(this::refundDoesNotCome, Fact.CREDITED, () -> carrier.fake.credits("8.10"));
            case DISPUTE_DEADLINE -> new Loop(this::claimRunsOut, Fact.DISPUTE_OVER, this::carrierSaysNo);
            case TRACKING_FAILED ->
                new Loop(
                        () -> {
                            carrier.breaksOnTracking = true;
                            labelledAndFollowed();
                        },
                        Fact.TRACKED,
                        () -> carrier.breaksOnTracking = false);
            case HOOK_UNREADABLE ->
                new Loop(
                        () -> {
                            carrier.understands = false;
                            labelledAndFollowed();
                            tracking.take("fake", MoodyCarrier.push("one"));
                        },
                        Fact.HOOKS_READ,
                        () -> {
                            carrier.understands = true;
                            rig.ledger.commitAll(tx -> tx.hooks().retry("fake"));
                            tracking.take("fake", MoodyCarrier.push("another"));
                        });
            case PARCEL_STUCK ->
                new Loop(
                        () -> {
                            carrier.says("in_transit");
                            carrier.says("on_hold");
                            labelledAndFollowed();
                        },
                        Fact.DELIVERED,
                        () -> carrier.says("delivered"));
            case PARCEL_STILL ->
                new Loop(
                        () -> labelledAndFollowed(
                                new TrackingSettings(Duration.ofMillis(20), Duration.ZERO, Duration.ofDays(60), 4)),
                        Fact.MOVED,
                        () -> carrier.says("picked_up"));
            case BACKUP_FAILED -> {
                assumeTrue(database.isEmbedded(), "PostgreSQL backs up by pg_dump");
                yield new Loop(() -> backUpTo("in-the-way"), Fact.BACKED_UP, () -> backUpTo("backups"));
            }
            case RESTORE_NOT_DONE ->
                new Loop(
                        () -> Restore.mark(rig.ledger, "waybill-1.zip", "ops"),
                        Fact.RESTORE_DONE,
                        () -> rig.dispatch.endHold("ops"));
            case BUNDLE_UNWRITTEN -> {
                FullFolder full = new FullFolder(rig.ledger);
                yield new Loop(full::isTold, Fact.BUNDLED, full::isEmptied);
            }
            case DELIVERY_PARKED -> new Loop(this::sinkGoesDown, Fact.SENT, this::sinkIsRepairedAndReplayed);
        };
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_is_opened_by_its_path_closed_by_its_fact_and_both_are_told(Reason reason) {
        boolean lookedUp = reason == Reason.ORPHAN_LABEL || reason == Reason.BOUGHT_ANYWAY;
        start(lookedUp ? IdempotencyClass.B : IdempotencyClass.A);
        Loop loop = loop(reason);
        assertThat(reason.facts()).contains(loop.fact());

        loop.opens().run();
        ExceptionBook.Row open = await(reason);

        assertThat(Duration.between(open.openedAt(), open.due())).isEqualTo(reason.due());
        assertThat(open.overdue()).isFalse();
        assertThat(open.problems()).contains("\"code\"");
        assertThat(find(open).closedAt()).isNull();
        assertThat(seenBy(open, "globex"))
                .as("another namespace does not see it")
                .isEmpty();

        loop.happens().run();
        soon().until(() -> find(open).closedAt() != null);

        assertThat(find(open).closingFact()).isEqualTo(loop.fact().word());
        assertThat(told(open)).containsSubsequence("exception.opened", "exception.closed");
    }

    @Test
    void trying_again_is_no_fact_the_same_exception_stays_until_there_is_a_label() {
        start(IdempotencyClass.A);
        carrier.fake.script.add(Turn.REFUSE);
        Taken taken = refusal();
        ExceptionBook.Row open = await(Reason.CARRIER_REFUSED);
        rig.ledger.commitAll(tx -> tx.exceptions().assign(open.id(), "Jane"));

        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        soon().until(() -> find(open).occurrences() == 2);
        assertThat(await(Reason.CARRIER_REFUSED).id()).isEqualTo(open.id());
        assertThat(find(open).assignee()).isEqualTo("Jane");

        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(find(open).closingFact()).isEqualTo("label");
    }

    @Test
    void packing_and_cancelling_are_facts() {
        start(IdempotencyClass.A);
        Taken taken = refusal();
        ExceptionBook.Row first = await(Reason.CARRIER_REFUSED);
        carrier.fake.script.add(Turn.REFUSE);
        rig.desk.pack(taken.orderUid(), List.of(Rig.parcel("3")), Namespaces.ALL, "ops");
        assertThat(find(first).closingFact()).isEqualTo("packed");

        rig.settled(taken, ShipmentState.REFUSED);
        ExceptionBook.Row second = await(Reason.CARRIER_REFUSED);
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");
        assertThat(find(second).closingFact()).isEqualTo("cancelled");
    }

    @Test
    void the_field_at_fault_is_kept_without_its_place_in_a_list() {
        start(IdempotencyClass.A);
        ObjectNode bad = order();
        ((ObjectNode) bad.path("parcels").get(0))
                .putObject("weight")
                .put("value", -1)
                .put("unit", "kg");
        take(bad);

        assertThat(await(Reason.ORDER_REJECTED).field()).isEqualTo("/parcels/*/weight/value");
    }

    private void start(IdempotencyClass kind) {
        carrier = new MoodyCarrier(kind);
        rig = Rig.start(database, carrier.account("fake"), FakeCarrier.account("spare", new FakeCarrier(kind, "9.99")));
    }

    private Taken refusal() {
        carrier.fake.script.addFirst(Turn.REFUSE);
        Taken taken = take(order());
        rig.settled(taken, ShipmentState.REFUSED);
        return taken;
    }

    private void itsAccountIsGone() {
        rig.close();
        rig = Rig.stopped(
                database,
                Rig.PATIENCE,
                carrier.account("fake"),
                FakeCarrier.account("spare", new FakeCarrier(IdempotencyClass.A, "9.99")));
        ObjectNode order = order().put("release", "shipDate").put("account", "spare");
        order.putObject("options")
                .put("shipDate", LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());
        take(order);
        rig.close();
        rig = Rig.start(database, carrier.account("fake"));
        assertThat(rig.desk.releaseDue()).isEqualTo(1);
        assertThat(rig.desk.releaseDue()).as("it made room for others").isZero();
    }

    private void noPrices() {
        carrier.keepsPrices = true;
        take(order().put("service", "cheapest").put("account", "fake"));
    }

    private void hasLeft(String dollars) {
        carrier.left = dollars;
        rig.dispatch.lookAtBalance("fake");
    }

    private void adapterBreaks() {
        carrier.breaksOnPurchases = true;
        take(order());
    }

    private void refundDoesNotCome() {
        Taken taken = take(order());
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);
        carrier.fake.voidScript.add(new Voided.Done(null));
        rig.dispatch.voidLabel(label.id(), Namespaces.ALL, "ops");
    }

    /** A surcharge of last month is disputed where claims are taken for 20 days. */
    private void claimRunsOut() {
        ShipmentRow label = rig.settled(take(order()), ShipmentState.LABELLED);
        String number = rig.ledger.read(tx -> tx.numbers().tracking(label.id())).get(0);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        byte[] bill = new UpsFile()
                .charge("I-1", number, today.toString(), Charge.adjusted("ADC", "Address Correction", "18.00"))
                .with(5, today.minusDays(15).toString())
                .bytes();
        try {
            Files.writeString(folder.resolve("fake.yaml"), "terms: [ { from: 2020-01-01, disputeDays: 20 } ]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var invoice = billing()
                .take(new Handed("nov.csv", Content.of(bill), "ups", "fake", null, "Jane"), Namespaces.ALL)
                .invoices()
                .get(0);
        VarianceBook.Variance finding = billing()
                .reconciled(invoice.row().id(), Namespaces.ALL, 10)
                .findings()
                .get(0);
        disputed = String.valueOf(billing()
                .disputes()
                .dispute(finding.id(), null, Namespaces.ALL, "Joe")
                .dispute());
        billing().disputes().watchDeadlines();
        billing().disputes().watchDeadlines();
    }

    private void carrierSaysNo() {
        billing().disputes().reject(disputed, "the address was wrong", Namespaces.ALL, "Joe");
    }

    private Billing billing() {
        return new Billing(
                rig.ledger,
                new Accounts(List.of(carrier.account("fake"))),
                Mappings.load(folder, name -> null),
                folder,
                folder,
                "n");
    }

    private void labelledTwice() {
        rig.settled(take(order()), ShipmentState.LABELLED);
        importLabel(label());
    }

    /** What its shop says by a webhook nobody reads a receipt of. */
    private void changesLate() {
        rig.settled(take(order()), ShipmentState.LABELLED);
        ObjectNode moved = order();
        moved.withObject("/shipTo").put("line1", "9 Elsewhere St");
        Submission said = Rig.from("erp", moved);
        Submission pushed = new Submission(
                said.source(),
                "webhook",
                moved,
                null,
                said.bodySha256(),
                said.origin(),
                null,
                null,
                false,
                said.actor());
        assertThat(rig.take(pushed).result()).isEqualTo(Taken.Result.CONFLICT);
    }

    private void voidChanged() {
        String shipment = String.valueOf(await(Reason.CHANGED_LATE).shipmentUid());
        rig.dispatch.voidLabel(shipment, Namespaces.ALL, "ops");
    }

    private SourcePositions positions() {
        return new SourcePositions(rig.ledger, rig.sources);
    }

    private void importLabel(ObjectNode label) {
        assertThat(rig.outside.take(Rig.from("erp", label)).isIn()).isTrue();
    }

    private static ObjectNode label() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("orderId", "SO-1")
                .put("account", "spare")
                .put("trackingNumber", "1Z1")
                .put("date", "2026-11-16")
                .put("system", "marketplace");
    }

    private void lostAnswer() {
        carrier.fake.unreachable = true;
        carrier.fake.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        take(order());
    }

    private void lookedUp() {
        carrier.fake.unreachable = false;
        rig.desk.retry(String.valueOf(await(Reason.PURCHASE_UNRESOLVED).orderUid()), Namespaces.ALL, "ops");
    }

    private void secondSale() {
        carrier.fake.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL_AND_LOSE_THE_ANSWER));
        carrier.fake.unreachable = true;
        Taken taken = take(order());
        rig.settled(taken, ShipmentState.UNKNOWN);
        AttemptRow first = rig.attempts(rig.shipment(taken)).get(0);
        carrier.fake.sellUnder(new Ref(first.ref(), UUID.fromString(first.purchaseKey()), first.orderNumber()));
        carrier.fake.unreachable = false;
    }

    private void buyAnyway() {
        carrier.fake.lagging = true;
        carrier.fake.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken taken = take(order());
        rig.settled(taken, ShipmentState.REVIEW);
        resolve(taken, Action.BUY_ANYWAY);
        rig.settled(taken, ShipmentState.LABELLED);
    }

    private void auditFindsTheFirst() {
        carrier.fake.lagging = false;
        assertThat(rig.dispatch.audit(Patience.LONG).found()).isEqualTo(1);
    }

    private void labelDoesNotCome() {
        carrier.fake.labelIsReady(false);
        carrier.fake.script.add(Turn.SELL_WITHOUT_LABEL);
        take(order());
    }

    /** It cannot be printed and, at first, not voided either: the second time there is nothing left to try. */
    private void labelIsGone() {
        carrier.fake.reprints = false;
        carrier.fake.everyVoid = new Voided.Refused("contact_carrier", "call us");
        carrier.fake.script.add(Turn.SELL_WITHOUT_LABEL);
        Taken taken = take(order());
        await(Reason.VOID_REFUSED);
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
    }

    private void voidIsGrantedAfterAll() {
        carrier.fake.everyVoid = null;
        String shipment = String.valueOf(await(Reason.LABEL_GONE).shipmentUid());
        rig.dispatch.voidLabel(shipment, Namespaces.ALL, "ops");
    }

    private void refusedVoid() {
        Taken taken = take(order());
        rig.settled(taken, ShipmentState.LABELLED);
        carrier.fake.voidScript.add(new Voided.Refused("void_period_over", "30 days are over"));
        assertThatThrownBy(() -> rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops"))
                .hasMessageContaining("30 days are over");
    }

    private void voidAgain() {
        String shipment = String.valueOf(await(Reason.VOID_REFUSED).shipmentUid());
        rig.dispatch.voidLabel(shipment, Namespaces.ALL, "ops");
    }

    private void resolve(Taken taken, Action action) {
        rig.dispatch.resolve(
                taken.orderUid(),
                new Resolution(action, "the customer waits", null, null, null),
                Namespaces.ALL,
                "ops");
    }

    private void labelledAndFollowed() {
        labelledAndFollowed(new TrackingSettings(Duration.ofMillis(20)));
    }

    private void labelledAndFollowed(TrackingSettings settings) {
        rig.settled(take(order()), ShipmentState.LABELLED);
        tracking = new Tracking(rig.ledger, new Accounts(List.of(carrier.account("fake"))), settings, () -> {});
        tracking.start();
    }

    private void sinkGoesDown() {
        sinkIsDown.set(true);
        Sinks sinks = Sinks.read(Settings.of("""
                sink.oms.namespaces=acme
                sink.oms.backoffScale=0
                """));
        delivery = new Delivery(rig.ledger, "node-1", sinks, name -> event -> {
            if (sinkIsDown.get() && event.type().equals("order.accepted")) {
                throw new IOException("503");
            }
        });
        take(order());
        delivery.start();
    }

    private void sinkIsRepairedAndReplayed() {
        sinkIsDown.set(false);
        delivery.replay(await(Reason.DELIVERY_PARKED).subjectId(), Namespaces.ALL, "ops");
    }

    private void backUpTo(String name) {
        Path place = folder.resolve(name);
        if (name.equals("in-the-way")) {
            written(place);
        }
        new Backups(rig.ledger, new BackupSettings(Duration.ofHours(1), place, 2)).makeOrTell();
    }

    private static void written(Path file) {
        try {
            Files.writeString(file, "not a folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drop(String text) {
        Mappings mappings =
                Written.mappings(Settings.of("waybill.mappings.dir=" + made(folder.resolve("mappings"))), new Orders());
        MappedIntake mapped = new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, mappings);
        new Batch(rig.ledger, mapped, Archive.in(folder.resolve("data")), "node-1")
                .run(IncomingFile.of(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        "orders.json",
                        new SourceFeeds(rig.sources, mappings).feed("erp", null, null, "file")));
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Taken take(ObjectNode order) {
        return rig.take(order);
    }

    private static ObjectNode order() {
        return Rig.order("SO-1", "1");
    }

    private static ObjectNode badlyAddressed() {
        ObjectNode order = order();
        order.withObject("/shipTo").put("postalCode", "1234");
        return order;
    }

    /** The one open exception of this reason, once there is one. */
    private ExceptionBook.Row await(Reason reason) {
        return soon().until(
                        () -> rig.exceptions().stream()
                                .filter(row -> row.reason().equals(reason.code()))
                                .toList(),
                        rows -> rows.size() == 1)
                .get(0);
    }

    private ExceptionBook.Row find(ExceptionBook.Row row) {
        return seenBy(row, row.namespace()).orElseThrow();
    }

    private Optional<ExceptionBook.Row> seenBy(ExceptionBook.Row row, String namespace) {
        return rig.ledger.read(tx -> tx.exceptions().find(row.id(), Namespaces.of(Set.of(namespace))));
    }

    /** The types of the events about the order of an exception, or about what has none. */
    private List<String> told(ExceptionBook.Row row) {
        String entity = row.orderUid() == null ? row.id() : row.orderUid();
        return rig.ledger.read(tx -> tx.deliveries().of(entity)).stream()
                .map(DeliveryBook.Row::type)
                .toList();
    }

    private static ConditionFactory soon() {
        return org.awaitility.Awaitility.await().pollInterval(Duration.ofMillis(10));
    }
}
