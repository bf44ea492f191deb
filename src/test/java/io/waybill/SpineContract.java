package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.dispatch.Choosing;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.intake.Desk;
import io.waybill.intake.Intake;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.QuoteBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TrackingBook;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Content;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Take in once, buy once, settle what is unknown: the same promises on every store. */
abstract class SpineContract {
    private static final Settings SETTINGS = Settings.of("""
            defaults.namespace=acme
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            source.erp.onChange=replace
            source.strict.onChange=conflict
            service.ground=fake:ground
            """);

    final FakeCarrier carrier = new FakeCarrier(kind(), "8.10");
    final FakeCarrier dearer = new FakeCarrier(IdempotencyClass.A, "9.99");
    private final Orders orders = new Orders();
    private Ledger ledger;
    private Dispatch dispatch;
    private Intake intake;
    private Desk desk;

    abstract Database database();

    IdempotencyClass kind() {
        return IdempotencyClass.A;
    }

    @BeforeEach
    void start() {
        ledger = Ledger.open(database(), (namespace, type) -> List.of("oms"));
        Accounts accounts =
                new Accounts(List.of(FakeCarrier.account("fake", carrier), FakeCarrier.account("dearer", dearer)));
        Choosing choosing = Choosing.read(SETTINGS.section(""), accounts);
        dispatch = new Dispatch(
                ledger,
                accounts,
                new DispatchSettings(
                        Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(20), 3),
                "node-1",
                () -> {});
        Sources sources = new Sources(SETTINGS.section("source"), SETTINGS.section("defaults"));
        intake = new Intake(ledger, orders, sources, choosing, () -> dispatch.wake());
        desk = new Desk(ledger, orders, choosing, () -> dispatch.wake());
        dispatch.start();
    }

    @AfterEach
    void stop() {
        dispatch.close();
        ledger.close();
    }

    @Test
    void an_order_becomes_one_label_with_its_charge_and_its_events() {
        Taken taken = take(order("SO-1", "1.2"));

        assertThat(taken.result()).isEqualTo(Result.ACCEPTED);
        ShipmentRow shipment = settled(taken, ShipmentState.LABELLED);
        assertThat(trackingNumbers(shipment)).containsExactly("F100000");
        assertThat(charges(shipment)).singleElement().satisfies(charge -> {
            assertThat(charge.amount()).isEqualByComparingTo("8.10");
            assertThat(charge.side()).isEqualTo("expected");
        });
        assertThat(dispatch.label(shipment, 1, "PDF")).isPresent();
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void an_event_told_again_to_the_nanosecond_is_known() {
        ShipmentRow shipment = settled(take(order("SO-1N", "1.2")), ShipmentState.LABELLED);
        TrackingBook.Event pickedUp = new TrackingBook.Event(
                "F100000",
                "picked_up",
                "PU",
                "Picked up",
                "Austin US",
                Instant.parse("2026-11-24T09:30:00.123456789Z"),
                "poll");

        assertThat(ledger.<Boolean>commit(tx -> tx.tracking().record(shipment.id(), pickedUp)))
                .isTrue();
        assertThat(ledger.<Boolean>commit(tx -> tx.tracking().record(shipment.id(), pickedUp)))
                .isFalse();
    }

    @Test
    void the_same_order_again_is_known_and_buys_nothing() {
        Taken first = take(order("SO-2", "1.2"));
        settled(first, ShipmentState.LABELLED);

        Taken again = take(order("SO-2", "1.20"));

        assertThat(again.result()).isEqualTo(Result.DUPLICATE);
        assertThat(again.orderUid()).isEqualTo(first.orderUid());
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void many_callers_with_one_order_buy_one_label() {
        List<Taken> answers = IntStream.range(0, 24)
                .parallel()
                .mapToObj(i -> take(order("SO-3", "1.2")))
                .toList();

        assertThat(answers.stream().map(Taken::orderUid).distinct()).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.result() == Result.ACCEPTED))
                .hasSize(1);
        settled(answers.get(0), ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void content_freezes_at_purchase_not_at_receipt() {
        Taken held = take(order("SO-4", null));
        Taken replaced = take(order("SO-4", "2.5"));
        assertThat(replaced.result()).isEqualTo(Result.REPLACED);
        settled(held, ShipmentState.LABELLED);

        Taken late = take(order("SO-4", "3.5"));

        assertThat(late.result()).isEqualTo(Result.CONFLICT);
        assertThat(codes(late)).containsExactly("order-content-differs");
        assertThat(late.problems().get(0).toString()).contains("/parcels/0/weight");
    }

    @Test
    void a_source_that_takes_no_changes_says_so() {
        take(from("strict", order("SO-5", null)));

        Taken changed = take(from("strict", order("SO-5", "2.5")));

        assertThat(codes(changed)).containsExactly("change-not-taken");
    }

    @Test
    void an_order_without_a_weight_is_held_until_the_pack_bench_gives_it() {
        Taken taken = take(order("SO-6", null));
        ShipmentRow held = settled(taken, ShipmentState.HELD);
        assertThat(held.waitingFor()).isEqualTo("/parcels/0/weight");
        assertThatThrownBy(() -> desk.release(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("/parcels/0/weight");

        desk.pack(taken.orderUid(), List.of(parcel("1.4")), Namespaces.ALL, "ops");

        settled(taken, ShipmentState.LABELLED);
        assertThat(take(order("SO-6", null)).result())
                .as("the shop drops the order again, still without a weight")
                .isEqualTo(Result.DUPLICATE);
        assertThatThrownBy(() -> desk.pack(taken.orderUid(), List.of(parcel("9")), Namespaces.ALL, "ops"))
                .hasMessageContaining("cannot change");
    }

    @Test
    void a_refusal_is_an_exception_that_a_corrected_order_closes() {
        carrier.script.add(Turn.REFUSE);
        Taken taken = take(order("SO-7", "1"));
        settled(taken, ShipmentState.REFUSED);
        assertThat(exceptions())
                .singleElement()
                .satisfies(row -> assertThat(row.problems()).contains("street unknown", "/shipTo/line1"));

        take(order("SO-7", "1.1"));

        settled(taken, ShipmentState.LABELLED);
        assertThat(exceptions()).isEmpty();
    }

    @Test
    void a_lost_answer_is_looked_up_and_nothing_is_bought_twice() {
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);

        settled(take(order("SO-8", "1")), ShipmentState.LABELLED);

        assertThat(carrier.book).hasSize(1);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void a_request_that_was_not_sent_is_tried_again_under_a_new_ref() {
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL));

        ShipmentRow shipment = settled(take(order("SO-9", "1")), ShipmentState.LABELLED);

        assertThat(attempts(shipment)).extracting(AttemptRow::state).containsExactly("NOT_SENT", "BOUGHT");
        assertThat(carrier.asked).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void a_label_that_comes_later_is_asked_for_until_it_comes() {
        carrier.labelIsReady(false);
        carrier.script.add(Turn.SELL_WITHOUT_LABEL);
        Taken taken = take(order("SO-10", "1"));
        settled(taken, ShipmentState.BOUGHT);

        carrier.labelIsReady(true);

        settled(taken, ShipmentState.LABELLED);
    }

    @Test
    void the_cheapest_account_is_chosen_and_the_quotes_are_kept() {
        ObjectNode order = order("SO-11", "1");
        order.put("service", "cheapest");

        ShipmentRow shipment = settled(take(order), ShipmentState.LABELLED);

        assertThat(shipment.account()).isEqualTo("fake");
        assertThat(quotes(shipment)).hasSize(2);
    }

    @Test
    void a_void_gives_the_money_back_in_a_line_of_its_own() {
        Taken taken = take(order("SO-12", "1"));
        ShipmentRow shipment = settled(taken, ShipmentState.LABELLED);

        dispatch.voidLabel(shipment.id(), Namespaces.ALL, "ops");

        settled(taken, ShipmentState.VOIDED);
        assertThat(charges(shipment))
                .extracting(row ->
                        row.kind() + " " + row.amount().stripTrailingZeros().toPlainString())
                .containsExactly("label_charge 8.1", "void_credit -8.1");
    }

    @Test
    void a_cancelled_order_is_not_bought_and_says_so() {
        Taken taken = take(order("SO-13", null));
        desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(codes(take(order("SO-13", "1")))).containsExactly("order-cancelled");
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void a_document_that_is_no_order_waits_for_a_person_and_is_cleared_by_its_correction() {
        ObjectNode bad = order("SO-14", "1");
        bad.with("shipTo").put("postalCode", "1234");
        Taken rejected = take(bad);
        assertThat(rejected.result()).isEqualTo(Result.REJECTED);
        assertThat(exceptions()).hasSize(1);

        Taken corrected = take(order("SO-14", "1"));

        settled(corrected, ShipmentState.LABELLED);
        assertThat(exceptions()).isEmpty();
    }

    @Test
    void another_namespace_does_not_see_the_order() {
        Taken taken = take(order("SO-15", "1"));

        assertThat(isSeenBy(taken, "globex")).isFalse();
        assertThat(isSeenBy(taken, "acme")).isTrue();
    }

    Taken take(ObjectNode order) {
        return take(from("erp", order));
    }

    private Taken take(Submission submission) {
        return intake.take(submission);
    }

    private static Submission from(String source, ObjectNode order) {
        return new Submission(source, "file", order, null, Content.hash(order), "f/1", null, null, false, "erp");
    }

    ShipmentRow settled(Taken taken, ShipmentState state) {
        return await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> ledger.read(tx -> tx.shipments().of(taken.orderUid()))
                                .get(0),
                        shipment -> shipment.state() == state);
    }

    List<AttemptRow> attempts(ShipmentRow shipment) {
        return ledger.read(tx -> tx.attempts().of(shipment.id()));
    }

    private List<ExceptionBook.Row> exceptions() {
        return ledger.read(tx -> tx.exceptions().open(Namespaces.ALL, 10));
    }

    private List<ChargeBook.Row> charges(ShipmentRow shipment) {
        return ledger.read(tx -> tx.charges().ofShipment(shipment.id()));
    }

    private List<String> trackingNumbers(ShipmentRow shipment) {
        return ledger.read(tx -> tx.shipments().trackingNumbers(shipment.id()));
    }

    private List<QuoteBook.Quote> quotes(ShipmentRow shipment) {
        return ledger.read(tx -> tx.quotes().of(shipment.id()));
    }

    private boolean isSeenBy(Taken taken, String namespace) {
        return ledger.read(tx -> tx.orders().find(taken.orderUid(), Namespaces.of(Set.of(namespace))))
                .isPresent();
    }

    private static List<String> codes(Taken taken) {
        return taken.problems().stream().map(Problem::code).toList();
    }

    private static Order.Parcel parcel(String kilograms) {
        return new Order.Parcel(null, Weight.of(kilograms, MassUnit.KG), null, null, List.of());
    }

    ObjectNode order(String orderId, String kilograms) {
        ObjectNode order = (ObjectNode) orders.parse("""
                {"orderId": "SO", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"reference": "box-1"}]}""".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        order.put("orderId", orderId);
        if (kilograms != null) {
            ObjectNode parcel = (ObjectNode) order.path("parcels").get(0);
            parcel.putObject("weight")
                    .put("value", new java.math.BigDecimal(kilograms))
                    .put("unit", "kg");
        }
        return order;
    }
}
