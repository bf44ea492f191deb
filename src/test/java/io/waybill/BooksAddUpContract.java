package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.billing.Billing;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Voids.Voided;
import io.waybill.format.Document;
import io.waybill.format.Formats;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.measure.Money;
import io.waybill.order.Content;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What books are told of a label, all events together, is what the ledger expects it to cost: every line once. */
abstract class BooksAddUpContract {
    /** What the pages tell people to let a sink of their books take. */
    private static final Set<String> TAKEN = Set.of("billing.charged", "billing.refunded", "shipment.voided");

    private final Mapping mapping =
            Mappings.load(Path.of("mappings"), name -> null).get("charge-row");

    @TempDir
    Path folder;

    private FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "12.00");
    private Account account;
    private Rig rig;

    abstract Database database();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_label_costs_its_price_once_whatever_its_invoice_corrects() {
        start("carrier_default");
        Taken taken = rig.take(Rig.order("SO-1", "1.2"));
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);

        invoice("I-1", label, Charge.transport("12.00"), Charge.adjusted("ADC", "Address Correction", "18.00"));

        assertThat(rig.events(taken)).contains("billing.adjusted");
        assertThat(booked(taken)).containsExactly("12.00");
        addsUp(taken, "12.00");
    }

    @Test
    void a_label_given_back_before_it_is_billed_costs_nothing() {
        start("on_creation");
        Taken taken = voided("SO-2", new Voided.Done(Money.of("12.00", "USD")));

        assertThat(booked(taken)).containsExactly("12.00", "-12.00");
        addsUp(taken, "0.00");
    }

    @Test
    void a_label_given_back_and_credited_on_a_later_invoice_costs_nothing() {
        start("carrier_default");
        Taken taken = voided("SO-3", new Voided.Done(null));
        addsUp(taken, "12.00");

        invoice("I-3", rig.shipment(taken), Charge.transport("12.00"));
        invoice("I-4", rig.shipment(taken), Charge.voided("-12.00"));

        assertThat(rig.events(taken)).contains("billing.refunded");
        assertThat(booked(taken)).containsExactly("12.00", "-12.00");
        addsUp(taken, "0.00");
    }

    @Test
    void a_label_credited_before_the_hub_was_asked_to_void_it_costs_nothing_once_it_is() {
        start("carrier_default");
        Taken taken = rig.take(Rig.order("SO-9", "1.2"));
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);
        invoice("I-9", label, Charge.transport("12.00"));
        invoice("I-10", label, Charge.voided("-12.00"));
        addsUp(taken, "12.00");

        carrier.voidScript.add(new Voided.Refused("label_already_voided", "voided in our portal"));
        rig.dispatch.voidLabel(label.id(), Namespaces.ALL, "ops");

        assertThat(booked(taken)).containsExactly("12.00", "-12.00");
        addsUp(taken, "0.00");
    }

    @Test
    void a_label_given_back_of_which_nothing_comes_costs_again_once_that_is_written_off() {
        start("on_creation");
        Taken taken = voided("SO-8", new Voided.Done(Money.of("12.00", "USD")));
        String refund = rig.ledger
                .<List<RefundBook.Row>>read(tx ->
                        tx.refunds().ofShipments(List.of(rig.shipment(taken).id())))
                .get(0)
                .id();

        billing().refunds().writeOff(refund, "they forgot it", Namespaces.ALL, "Joe");
        assertThat(booked(taken)).containsExactly("12.00", "-12.00", "12.00");
        addsUp(taken, "12.00");

        invoice("I-8", rig.shipment(taken), Charge.voided("-12.00"));
        assertThat(booked(taken)).containsExactly("12.00", "-12.00", "12.00", "-12.00");
        addsUp(taken, "0.00");
    }

    @Test
    void where_labels_are_billed_on_scan_the_void_itself_takes_the_cost_back() {
        start("on_carrier_acceptance");
        Taken taken = voided("SO-4", new Voided.Done(null));

        assertThat(rig.events(taken)).contains("shipment.voided").doesNotContain("billing.refunded");
        assertThat(booked(taken)).containsExactly("12.00", "-12.00");
        addsUp(taken, "0.00");
    }

    @Test
    void a_label_bought_elsewhere_costs_what_was_said_last_and_nothing_when_it_is_given_back() {
        start("on_creation");
        Taken taken = elsewhere("8.40", false);
        elsewhere("9.00", false);
        addsUp(taken, "9.00");

        elsewhere("8.90", false);
        addsUp(taken, "8.90");
        elsewhere("9.10", true);

        assertThat(booked(taken)).containsExactly("8.40", "0.60", "-0.10", "0.20", "-8.40", "-0.60", "0.10", "-0.20");
        addsUp(taken, "0.00");
    }

    @Test
    void a_label_sold_beside_the_chosen_one_is_told_with_what_its_void_gives_back() {
        carrier = new FakeCarrier(IdempotencyClass.B, "12.00");
        start("on_creation");
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL_AND_LOSE_THE_ANSWER));
        carrier.unreachable = true;
        Taken taken = rig.take(Rig.order("SO-6", "1.2"));
        rig.settled(taken, ShipmentState.UNKNOWN);
        AttemptRow first = rig.attempts(rig.shipment(taken)).get(0);
        carrier.sellUnder(new Ref(first.ref(), UUID.fromString(first.purchaseKey()), first.orderNumber()));
        carrier.unreachable = false;

        await().pollInterval(Duration.ofMillis(10))
                .until(() -> rig.story(taken).contains("orphan voided")
                        && rig.story(taken).contains("labelled"));

        assertThat(booked(taken)).containsExactlyInAnyOrder("12.00", "12.00", "-12.00");
        addsUp(taken, "12.00");
    }

    private void start(String chargeEvent) {
        Aftercare care = new Aftercare(
                Duration.ofHours(1), List.of(Duration.ofHours(1)), Duration.ofDays(1), Duration.ofDays(30));
        account = FakeCarrier.account("fake", carrier, chargeEvent, care);
        rig = Rig.start(database(), account);
    }

    private Taken voided(String orderId, Voided answer) {
        Taken taken = rig.take(Rig.order(orderId, "1.2"));
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);
        carrier.voidScript.add(answer);
        rig.dispatch.voidLabel(label.id(), Namespaces.ALL, "ops");
        rig.settled(taken, ShipmentState.VOIDED);
        return taken;
    }

    private Taken elsewhere(String cost, boolean voided) {
        ObjectNode label = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", "SO-5")
                .put("account", "fake")
                .put("trackingNumber", "1Z5")
                .put("date", "2026-11-16")
                .put("system", "marketplace")
                .put("voided", voided);
        label.putObject("cost").put("amount", cost).put("currency", "USD");
        return rig.outside.take(
                new Submission("erp", "api", label, null, Content.hash(label), null, null, null, false, "Jane"));
    }

    private void invoice(String number, ShipmentRow label, Charge... charges) {
        String tracking =
                rig.ledger.read(tx -> tx.numbers().tracking(label.id())).get(0);
        UpsFile file = new UpsFile();
        Stream.of(charges)
                .forEach(charge -> file.charge(
                        number, tracking, LocalDate.now(ZoneOffset.UTC).toString(), charge));
        billing()
                .take(
                        new Handed(
                                number + ".csv",
                                io.waybill.billing.Content.of(file.bytes()),
                                "ups",
                                "fake",
                                null,
                                "Jane"),
                        Namespaces.ALL);
    }

    private Billing billing() {
        return new Billing(
                rig.ledger, new Accounts(List.of(account)), Mappings.load(folder, name -> null), folder, folder, "n");
    }

    private void addsUp(Taken taken, String cost) {
        List<ChargeBook.Row> expected =
                rig.ledger.<List<ChargeBook.Row>>read(tx -> tx.charges().ofOrder(taken.orderUid())).stream()
                        .filter(row -> row.side().equals("expected"))
                        .toList();
        List<JsonNode> rows = rows(taken);
        assertThat(rows)
                .extracting(row -> row.path("charge_id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(ChargeBook.Row::id).toList());
        assertThat(rows.stream().map(BooksAddUpContract::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(cost)
                .isEqualByComparingTo(
                        expected.stream().map(ChargeBook.Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private List<String> booked(Taken taken) {
        return rows(taken).stream().map(row -> amount(row).toPlainString()).toList();
    }

    private static BigDecimal amount(JsonNode row) {
        return new BigDecimal(row.path("amount").asText());
    }

    /** What the mapping writes of every event such a sink is owed, in their order. */
    private List<JsonNode> rows(Taken taken) {
        List<JsonNode> rows = new ArrayList<>();
        for (DeliveryBook.Row event :
                rig.ledger.<List<DeliveryBook.Row>>read(tx -> tx.deliveries().of(taken.orderUid()))) {
            String payload = rig.ledger.read(tx -> tx.deliveries()
                    .told(event.id(), Namespaces.ALL)
                    .orElseThrow()
                    .payload());
            Result result = mapping.apply(Document.of(Formats.json(payload, event.id())));
            if (TAKEN.contains(event.type()) && result instanceof Result.Mapped mapped) {
                mapped.tree().path("rows").forEach(rows::add);
            } else {
                assertThat(result).isNotInstanceOf(Result.Mapped.class);
            }
        }
        return rows;
    }
}
