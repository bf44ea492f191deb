package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.dispatch.Resolution;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.JourneyBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutboxBook;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Content;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels bought elsewhere: followed like any other, and never bought a second time here. */
abstract class OutsideLabelsContract {
    final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Rig rig;
    private Ledger ledger;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
        ledger = rig.ledger;
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void an_unknown_order_is_labelled_tracked_charged_and_told_and_never_bought_by_any_channel() {
        Taken taken = take(label("SO-1", "1Z1").put("costCenter", "CC-7"));

        assertThat(taken.result()).isEqualTo(Result.ACCEPTED);
        ShipmentRow shipment = rig.shipment(taken);
        assertThat(shipment.state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(shipment.imported()).isTrue();
        assertThat(shipment.carrier()).isEqualTo("fake");
        assertThat(shipment.boughtAt()).hasToString("2026-11-16T00:00:00Z");
        assertThat(ledger.<List<String>>read(tx -> tx.numbers().tracking(shipment.id())))
                .containsExactly("1Z1");
        assertThat(rig.charges(taken)).containsExactly("label_charge shipping 8.4");
        assertThat(rig.events(taken)).containsExactly("billing.charged", "order.labelled");
        assertThat(ledger.<List<JourneyBook.Moving>>commit(
                        tx -> tx.journeys().claim(String.valueOf(shipment.account()), 10, Duration.ofMinutes(1))))
                .anyMatch(moving -> moving.id().equals(shipment.id()));
        String payload = ledger.<List<OutboxBook.Claim>>commit(
                        tx -> tx.outbox().claim("oms", "node", Duration.ofMinutes(1), 10))
                .get(0)
                .payload();
        assertThat(payload)
                .contains("\"boughtIn\":\"marketplace\"", "\"trackingNumber\":\"1Z1\"", "CC-7")
                .doesNotContain("/label");

        Taken order = rig.take(Rig.order("SO-1", "1.2"));
        assertThat(order.result()).isEqualTo(Result.CONFLICT);
        assertThat(codes(order)).containsExactly("already-shipped-elsewhere");
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, null);
        rig.desk.release(taken.orderUid(), Namespaces.ALL, null);
        assertThat(refusal(() -> rig.desk.pack(taken.orderUid(), List.of(Rig.parcel("1")), Namespaces.ALL, null)))
                .isEqualTo("parcels-frozen");
        assertThat(refusal(() -> rig.dispatch.voidLabel(shipment.id(), Namespaces.ALL, null)))
                .isEqualTo("bought-elsewhere");
        assertThat(refusal(() -> rig.dispatch.resolve(
                        taken.orderUid(),
                        new Resolution(Resolution.Action.VOID_AND_REBUY, "again", null, null, null),
                        Namespaces.ALL,
                        "Jane")))
                .isEqualTo("bought-elsewhere");
        assertThat(rig.dispatch.label(shipment, 1, "PDF")).isEmpty();
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void an_order_that_waits_is_labelled_by_the_import_and_not_bought_any_more() {
        Taken held = rig.take(Rig.order("SO-2", null));

        Taken taken = take(label("SO-2", "1Z2"));

        assertThat(taken.orderUid()).isEqualTo(held.orderUid());
        assertThat(rig.shipments(held))
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEqualTo(ShipmentState.LABELLED));
        assertThat(codes(rig.take(Rig.order("SO-2", "1.2")))).containsExactly("already-shipped-elsewhere");
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void an_order_that_was_bought_here_too_is_known_when_it_comes_again() {
        Taken bought = rig.take(Rig.order("SO-3", "1.2"));
        rig.settled(bought, ShipmentState.LABELLED);
        take(label("SO-3", "1Z3"));

        assertThat(rig.take(Rig.order("SO-3", "1.2")).result()).isEqualTo(Result.DUPLICATE);
        assertThat(codes(rig.take(Rig.order("SO-3", "9")))).containsExactly("order-content-differs");
    }

    @Test
    void orders_and_imports_that_race_end_with_one_label_each_wherever_it_came_from() {
        List<CompletableFuture<?>> all = IntStream.range(0, 30)
                .boxed()
                .<CompletableFuture<?>>flatMap(n -> List.of(
                        CompletableFuture.runAsync(() -> rig.take(Rig.order("SO-R" + n, "1.2"))),
                        CompletableFuture.runAsync(() -> take(label("SO-R" + n, "1ZR" + n))))
                        .stream())
                .toList();
        all.forEach(CompletableFuture::join);

        IntStream.range(0, 30).forEach(n -> {
            Taken order = rig.take(Rig.order("SO-R" + n, "1.2"));
            ShipmentRow first = rig.shipment(order);
            if (!first.imported()) {
                rig.settled(order, ShipmentState.LABELLED);
            }
            long outside =
                    rig.shipments(order).stream().filter(ShipmentRow::imported).count();
            boolean told = ledger.read(tx -> tx.exceptions().isOpen(Reason.SECOND_LABEL, first.id()));
            assertThat(told).isEqualTo(!first.imported() && outside == 1);
        });
        assertThat(carrier.book).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void the_same_again_adds_nothing_another_cost_its_difference_and_a_void_takes_it_back() {
        Taken taken = take(label("SO-3", "1Z3"));

        assertThat(take(label("SO-3", "1Z3")).result()).isEqualTo(Result.DUPLICATE);
        assertThat(take(costing(label("SO-3", "1Z3"), "9.00", "USD")).result()).isEqualTo(Result.REPLACED);
        assertThat(rig.charges(taken)).containsExactly("label_charge shipping 8.4", "label_charge shipping 0.6");

        assertThat(take(label("SO-3", "1Z3").put("voided", true)).result()).isEqualTo(Result.REPLACED);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.VOIDED);
        assertThat(take(label("SO-3", "1Z3").put("voided", true)).result()).isEqualTo(Result.DUPLICATE);

        Taken order = rig.take(Rig.order("SO-3", "1.2"));
        assertThat(order.result()).isEqualTo(Result.REPLACED);
        rig.secondSettled(order, ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void a_cost_in_another_currency_takes_back_what_stands_in_the_first() {
        Taken taken = take(label("SO-3C", "1Z3C").put("costCenter", "CC-1"));

        assertThat(take(costing(label("SO-3C", "1Z3C"), "9.00", "EUR")).result())
                .isEqualTo(Result.REPLACED);
        assertThat(take(costing(label("SO-3C", "1Z3C"), "9.00", "EUR")).result())
                .isEqualTo(Result.DUPLICATE);

        assertThat(expected(taken)).containsExactly("8.4 USD CC-1", "-8.4 USD CC-1", "9 EUR CC-1");
        take(label("SO-3C", "1Z3C"));
        assertThat(expected(taken)).endsWith("-9 EUR CC-1", "8.4 USD CC-1");
    }

    @Test
    void the_price_of_a_label_beside_it_is_no_part_of_its_cost() {
        Taken held = rig.take(Rig.order("SO-3D", null));
        ledger.commitAll(tx -> tx.charges().record(orphan(rig.shipment(held), "3.00")));

        take(label("SO-3D", "1Z3D"));

        assertThat(rig.charges(held)).containsExactly("label_charge shipping 3 orphan", "label_charge shipping 8.4");
        assertThat(take(label("SO-3D", "1Z3D")).result()).isEqualTo(Result.DUPLICATE);
    }

    @Test
    void its_cost_is_of_the_day_it_was_bought_on_and_so_is_what_it_differs_by() {
        Taken taken = take(label("SO-3E", "1Z3E"));
        take(costing(label("SO-3E", "1Z3E"), "9.00", "USD"));

        assertThat(ledger.<List<ChargeBook.Row>>read(tx -> tx.charges().ofOrder(taken.orderUid())))
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.occurredAt()).hasToString("2026-11-16T00:00:00Z");
                    assertThat(row.recordedAt()).isAfter(row.occurredAt());
                });
    }

    @Test
    void a_cost_the_ledger_would_round_is_refused_at_its_field() {
        ObjectNode summed = label("SO-3B", "1Z3B");
        summed.putObject("cost")
                .put("amount", new BigDecimal("12.340000000000002"))
                .put("currency", "USD");

        Taken refused = take(summed);

        assertThat(codes(refused)).containsExactly("bad-value");
        assertThat(refused.problems().get(0).pointer()).isEqualTo("/cost/amount");
    }

    @Test
    void half_a_yen_is_no_cost() {
        assertThat(codes(take(costing(label("SO-31", "1Z31"), "1234.5", "JPY"))))
                .containsExactly("outside-cost-too-fine");
        assertThat(codes(take(costing(label("SO-31", "1Z31"), "12.345", "JPY"))))
                .containsExactly("outside-cost-too-fine");
        assertThat(take(costing(label("SO-31", "1Z31"), "1234", "JPY")).problems())
                .isEmpty();
    }

    @Test
    void a_label_beside_one_of_ours_is_for_a_person_until_one_of_them_is_voided() {
        Taken ours = rig.take(Rig.order("SO-4", "1.2"));
        ShipmentRow own = rig.settled(ours, ShipmentState.LABELLED);

        assertThat(take(label("SO-4", "1Z4")).result()).isEqualTo(Result.ACCEPTED);
        assertThat(take(label("SO-4", "1Z4")).result()).isEqualTo(Result.DUPLICATE);
        assertThat(rig.exceptions()).singleElement().satisfies(row -> {
            assertThat(row.reason()).isEqualTo("second-label");
            assertThat(row.problems()).contains("1Z4", "marketplace");
        });

        take(label("SO-4", "1Z4").put("voided", true));
        assertThat(rig.exceptions()).isEmpty();
        assertThat(rig.shipment(ours).state()).isEqualTo(own.state());
        assertThat(Reason.SECOND_LABEL.facts()).contains(Fact.VOIDED);
    }

    @Test
    void a_void_elsewhere_settles_a_second_label_only_with_the_last_one_and_nothing_else_of_ours() {
        Taken ours = rig.take(Rig.order("SO-5", "1.2"));
        ShipmentRow own = rig.settled(ours, ShipmentState.LABELLED);
        take(label("SO-5", "1Z5"));
        take(label("SO-5", "1Z5B"));
        ledger.commitAll(tx -> tx.exceptions()
                .open(
                        Reason.VOID_REFUSED,
                        own.id(),
                        "acme",
                        tx.orders().find(own.orderUid(), Namespaces.ALL).orElseThrow(),
                        own.id(),
                        null,
                        "[]"));

        take(label("SO-5", "1Z5").put("voided", true));
        assertThat(rig.exceptions())
                .extracting(ExceptionBook.Row::reason)
                .containsExactlyInAnyOrder("second-label", "void-refused");

        take(label("SO-5", "1Z5B").put("voided", true));
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("void-refused");
    }

    @Test
    void a_label_beside_one_of_ours_does_not_take_the_place_of_a_piece_that_was_given_up() {
        carrier.mostParcels = 1;
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE, Turn.REFUSE));
        Taken ours = rig.take(parcels("SO-7", 2));
        await().until(() -> states(ours).equals(List.of(ShipmentState.REFUSED, ShipmentState.REFUSED)));
        rig.take(parcels("SO-7", 1));
        await().until(() -> states(ours).equals(List.of(ShipmentState.LABELLED, ShipmentState.CANCELLED)));

        take(label("SO-7", "1Z7"));

        assertThat(states(ours))
                .containsExactly(ShipmentState.LABELLED, ShipmentState.CANCELLED, ShipmentState.LABELLED);
        assertThat(rig.exceptions())
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).isEqualTo("second-label"));
    }

    @Test
    void an_order_whose_label_was_voided_elsewhere_is_bought_here_also_when_a_piece_of_it_was_given_up() {
        carrier.mostParcels = 1;
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE, Turn.REFUSE));
        Taken ours = rig.take(parcels("SO-8", 2));
        await().until(() -> states(ours).equals(List.of(ShipmentState.REFUSED, ShipmentState.REFUSED)));
        take(label("SO-8", "1Z8"));
        take(label("SO-8", "1Z8").put("voided", true));
        assertThat(states(ours)).containsExactly(ShipmentState.VOIDED, ShipmentState.CANCELLED);

        assertThat(rig.take(parcels("SO-8", 1)).result()).isEqualTo(Result.REPLACED);

        await().until(() ->
                states(ours).equals(List.of(ShipmentState.VOIDED, ShipmentState.CANCELLED, ShipmentState.LABELLED)));
    }

    @Test
    void an_order_that_was_called_off_and_has_a_label_all_the_same_is_labelled() {
        Taken held = rig.take(Rig.order("SO-9", null));
        rig.desk.cancel(held.orderUid(), Namespaces.ALL, "ops");
        take(label("SO-9", "1Z9V").put("voided", true));
        assertThat(isCancelled(held)).isTrue();

        assertThat(take(label("SO-9", "1Z9")).result()).isEqualTo(Result.ACCEPTED);

        assertThat(isCancelled(held)).isFalse();
        assertThat(states(held)).containsExactly(ShipmentState.LABELLED, ShipmentState.VOIDED);
        assertThat(labelledNews(held)).contains("\"status\":\"labelled\"");
        assertThat(codes(rig.take(Rig.order("SO-9", "1.2")))).containsExactly("already-shipped-elsewhere");
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void an_order_that_was_called_off_is_so_again_when_the_labels_it_got_all_the_same_are_given_back() {
        Taken held = rig.take(Rig.order("SO-9", "1.2").put("release", "hold"));
        rig.desk.cancel(held.orderUid(), Namespaces.ALL, "ops");
        take(label("SO-9", "1Z9"));
        take(label("SO-9", "1Z9B"));

        take(label("SO-9", "1Z9").put("voided", true));
        assertThat(isCancelled(held)).isFalse();
        take(label("SO-9", "1Z9B").put("voided", true));

        assertThat(isCancelled(held)).isTrue();
        assertThat(rig.events(held)).endsWith("shipment.voided", "order.cancelled");
        assertThat(codes(rig.take(Rig.order("SO-9", "1.2")))).containsExactly("order-cancelled");
        assertThat(carrier.asked).isEmpty();
    }

    private boolean isCancelled(Taken taken) {
        return ledger.<Boolean>read(tx ->
                tx.orders().find(taken.orderUid(), Namespaces.ALL).orElseThrow().cancelledAt() != null);
    }

    private String labelledNews(Taken taken) {
        return ledger.read(tx -> tx.deliveries().of(taken.orderUid())).stream()
                .filter(row -> row.type().equals("order.labelled"))
                .map(row -> ledger.<String>read(tx -> tx.deliveries()
                        .told(row.id(), Namespaces.ALL)
                        .orElseThrow()
                        .payload()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_number_names_one_label_and_what_is_wrong_is_told_by_field() {
        take(label("SO-5", "1Z5"));

        assertThat(codes(take(label("SO-6", "1Z5")))).containsExactly("outside-number-taken");
        assertThat(codes(take(label("SO-6", "1Z6").put("account", "nobody")))).containsExactly("unknown-account");
        assertThat(codes(take(label("SO-6", "1Z6").put("carrier", "dhl")))).containsExactly("outside-other-carrier");
        ObjectNode nobody = label("SO-6", "1Z6");
        nobody.remove("account");
        assertThat(codes(take(nobody))).containsExactly("missing-field");
        assertThat(take(label("SO-6", "1Z6").put("date", "2026-02-30")).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/date");
                    assertThat(problem.sentence(Locale.CHINESE)).containsPattern("\\p{IsHan}");
                });
        assertThat(take(nobody.put("carrier", "Regional Post")).result()).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void a_number_of_another_namespace_is_not_taken_and_its_order_is_not_named() {
        take(label("SO-71", "1Z71").put("namespace", "globex"));

        Taken taken = take(label("SO-72", "1Z71"));

        assertThat(codes(taken)).containsExactly("outside-number-of-others");
        assertThat(taken.problems().get(0).values().toString()).doesNotContain("SO-71", "globex");
        assertThat(taken.problems().get(0).sentence(Locale.ENGLISH)).doesNotContain("SO-71", "globex");
    }

    @Test
    void a_number_bought_with_no_account_of_the_hub_is_no_label_of_another_namespace() {
        ObjectNode theirs = label("SO-73", "1001").put("namespace", "globex").put("carrier", "Regional Post");
        theirs.remove("account");
        ObjectNode ours = label("SO-74", "1001").put("carrier", "City Post");
        ours.remove("account");
        take(theirs);

        assertThat(take(ours).result()).isEqualTo(Result.ACCEPTED);

        assertThat(codes(take(ours.deepCopy().put("orderId", "SO-75")))).containsExactly("outside-number-taken");
    }

    private Taken take(ObjectNode label) {
        return rig.outside.take(
                new Submission("erp", "api", label, null, Content.hash(label), null, null, null, false, "Jane"));
    }

    private List<String> expected(Taken taken) {
        return ledger.read(tx -> tx.charges().ofOrder(taken.orderUid())).stream()
                .map(row -> row.amount().stripTrailingZeros().toPlainString() + " " + row.currency() + " "
                        + row.costCenter())
                .toList();
    }

    private static ChargeBook.Line orphan(ShipmentRow shipment, String amount) {
        return new ChargeBook.Line(
                "default",
                "fake",
                "fake",
                shipment.orderUid(),
                "SO-3D",
                shipment.id(),
                "expected",
                "label_charge",
                "shipping",
                new BigDecimal(amount),
                "USD",
                null,
                null,
                "label-reply",
                "ref-1",
                null,
                null,
                null,
                null,
                "orphan",
                null);
    }

    private List<ShipmentState> states(Taken taken) {
        return rig.shipments(taken).stream().map(ShipmentRow::state).toList();
    }

    private static ObjectNode parcels(String order, int parcels) {
        ObjectNode several = Rig.order(order, "1.2");
        ArrayNode list = (ArrayNode) several.path("parcels");
        IntStream.range(1, parcels)
                .forEach(i -> list.add(list.get(0).<ObjectNode>deepCopy().put("reference", "box-" + (i + 1))));
        return several;
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

    private static ObjectNode costing(ObjectNode label, String amount, String currency) {
        label.putObject("cost").put("amount", amount).put("currency", currency);
        return label;
    }

    private static List<String> codes(Taken taken) {
        return taken.problems().stream().map(Problem::code).toList();
    }

    private static String refusal(Runnable act) {
        String[] code = new String[1];
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> code[0] = problem.problems().get(0).code());
        return code[0];
    }
}
