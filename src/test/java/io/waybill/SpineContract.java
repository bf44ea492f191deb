package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.dispatch.Compared;
import io.waybill.dispatch.Dispatch;
import io.waybill.intake.Desk;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutboxBook;
import io.waybill.ledger.QuoteBook;
import io.waybill.ledger.QuotesOf;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Content;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Take in once, buy once, settle what is unknown: the same promises on every store. */
abstract class SpineContract {
    final FakeCarrier carrier = new FakeCarrier(kind(), "8.10");
    final FakeCarrier dearer = new FakeCarrier(IdempotencyClass.A, "9.99");
    private Rig rig;
    private Ledger ledger;
    private Dispatch dispatch;
    private Desk desk;

    abstract Database database();

    IdempotencyClass kind() {
        return IdempotencyClass.A;
    }

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier), FakeCarrier.account("dearer", dearer));
        ledger = rig.ledger;
        dispatch = rig.dispatch;
        desk = rig.desk;
    }

    @AfterEach
    void stop() {
        rig.close();
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
    void prices_that_were_only_asked_for_are_kept_under_the_orders_number() {
        Order rated = rig.intake.toRate("erp", order("SO-R", "1.2"));
        Compared compared = dispatch.rating().compare(rated, rig.intake.choose(rated));
        assertThat(compared.today()).isNotNull();

        assertThat(compared.cheapest())
                .satisfies(best -> assertThat(best.account()).isEqualTo("fake"));
        assertThat(ledger.<List<QuoteBook.Kept>>read(tx -> tx.quotes().ofOrder("acme", "SO-R", 10)))
                .hasSize(2)
                .allSatisfy(kept -> assertThat(kept.request()).isEqualTo(compared.id()))
                .extracting(kept -> kept.quote().amount().stripTrailingZeros().toPlainString())
                .containsExactlyInAnyOrder("8.1", "9.99");
        assertThat(ledger.<List<String>>read(tx -> tx.quotes().namespacesOf("SO-R")))
                .containsExactly("acme");
        assertThat(carrier.asked).isEmpty();
        int old = ledger.commit(tx -> tx.quotes().forgetAsked(Duration.ofDays(1), 10));
        int all = ledger.commit(tx -> tx.quotes().forgetAsked(Duration.ofDays(-1), 10));
        assertThat(List.of(old, all)).containsExactly(0, 2);
    }

    @Test
    void the_first_file_of_a_source_and_its_newest_originals_are_found() {
        List<String> ids = ledger.commit(tx -> Stream.of("fil_1", "fil_1", "fil_2")
                .map(file -> tx.originals().keep(original("sheets", file)))
                .toList());
        ledger.commitAll(tx -> tx.originals().keep(original("calls", null)));

        assertThat(ledger.<List<String>>read(tx -> tx.originals().first("sheets", Namespaces.ALL, 10, 1)))
                .containsExactly(ids.get(0), ids.get(1));
        assertThat(ledger.<List<String>>read(tx -> tx.originals().first("calls", Namespaces.ALL, 10, 1)))
                .hasSize(1);
        assertThat(ledger.<List<DocumentBook.Known>>read(tx -> tx.originals().newest("sheets", Namespaces.ALL, 2)))
                .containsExactly(
                        new DocumentBook.Known(ids.get(2), true, "fil_2", 1),
                        new DocumentBook.Known(ids.get(1), true, "fil_1", 1));
    }

    private static DocumentBook.Original original(String source, String file) {
        return new DocumentBook.Original(source, "file", file, 1, null, "m", "application/json", new byte[] {1}, null);
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
    void many_orders_at_once_are_each_taken_in_once_and_told_in_their_own_sequence() {
        List<Taken> answers = IntStream.range(0, 48)
                .parallel()
                .mapToObj(i -> take(order("SO-M" + i % 24, i % 3 == 0 ? null : "1.2")))
                .toList();

        assertThat(answers.stream().filter(answer -> answer.result() == Result.ACCEPTED))
                .hasSize(24);
        assertThat(answers.stream().map(Taken::orderUid).distinct()).hasSize(24);
        for (int i = 0; i < 24; i++) {
            boolean held = i % 3 == 0;
            settled(answers.get(i), held ? ShipmentState.HELD : ShipmentState.LABELLED);
            Taken answer = answers.get(i);
            List<DeliveryBook.Row> told = ledger.read(tx -> tx.deliveries().of(answer.orderUid()));
            assertThat(told)
                    .extracting(DeliveryBook.Row::type)
                    .containsExactlyElementsOf(
                            held
                                    ? List.of("order.accepted", "order.held")
                                    : List.of("order.accepted", "billing.charged", "order.labelled"));
            assertThat(told)
                    .extracting(DeliveryBook.Row::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, told.size()).boxed().toList());
        }
        assertThat(carrier.book).hasSize(16);
    }

    @Test
    void a_key_that_comes_again_with_another_order_is_told_and_takes_nothing_in() {
        Taken first = rig.intake.take(under("key-1", order("SO-K1", "1.2")));

        Taken again = rig.intake.take(under("key-1", order("SO-K1", "1.2")));
        Taken other = rig.intake.take(under("key-1", order("SO-K2", "1.2")));

        assertThat(first.result()).isEqualTo(Result.ACCEPTED);
        assertThat(again.result()).isEqualTo(Result.DUPLICATE);
        assertThat(codes(other)).containsExactly("idempotency-key-reused");
        assertThat(ledger.<Boolean>read(
                        tx -> tx.orders().among(List.of("SO-K2")).get().isEmpty()))
                .isTrue();
    }

    private static Submission under(String key, ObjectNode order) {
        return new Submission("erp", "api", order, key, Content.hash(order), null, null, null, false, "erp");
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
    void an_order_of_two_systems_is_one_order_that_both_numbers_name() {
        Taken fromErp = take(named(order("SO-44", null), "sap", "4711"));
        Taken fromShop = rig.take(Rig.from("shop", named(order("SO-44", null), "shopify", "99")));
        assertThat(fromShop.result()).isEqualTo(Result.DUPLICATE);
        assertThat(fromShop.orderUid()).isEqualTo(fromErp.orderUid());
        assertThat(identifiers(fromErp)).containsExactly("sap 4711", "shopify 99");

        ObjectNode moved = named(order("SO-44", null), "shopify", "99");
        moved.withObject("/shipTo").put("line1", "2 Oak St");
        assertThat(rig.take(Rig.from("shop", moved)).result()).isEqualTo(Result.REPLACED);
        assertThat(identifiers(fromErp)).containsExactlyInAnyOrder("sap 4711", "shopify 99");
        assertThat(rig.take(Rig.from("shop", moved)).result()).isEqualTo(Result.DUPLICATE);

        desk.pack(fromErp.orderUid(), List.of(parcel("1.2")), Namespaces.ALL, "ops");
        settled(fromErp, ShipmentState.LABELLED);
        assertThat(rig.take(Rig.from("shop", named(moved.deepCopy(), "shopify", "99")))
                        .result())
                .isEqualTo(Result.DUPLICATE);
        assertThat(identifiers(fromErp)).containsExactlyInAnyOrder("sap 4711", "shopify 99");
    }

    private static ObjectNode named(ObjectNode order, String system, String value) {
        order.putArray("identifiers")
                .addObject()
                .put("system", system)
                .put("type", "order")
                .put("value", value);
        return order;
    }

    private List<String> identifiers(Taken taken) {
        String effective = rig.ledger
                .read(tx -> tx.orders().find(taken.orderUid(), Namespaces.ALL))
                .orElseThrow()
                .effective();
        return new Orders()
                .read(new Orders().parse(effective.getBytes(StandardCharsets.UTF_8))).identifiers().stream()
                        .map(one -> one.system() + " " + one.value())
                        .toList();
    }

    @Test
    void a_source_that_takes_no_changes_says_so() {
        rig.take(Rig.from("strict", order("SO-5", null)));

        Taken changed = rig.take(Rig.from("strict", order("SO-5", "2.5")));

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
    void the_event_of_a_held_order_says_why_and_lists_what_it_waits_for() {
        Taken taken = take(order("SO-20", null));

        JsonNode data = event(taken, "order.held");

        assertThat(data.path("status").asText()).isEqualTo("held");
        assertThat(data.path("holdReason").asText()).isEqualTo("packed");
        assertThat(data.path("waitingFor").toString()).isEqualTo("[\"/parcels/0/weight\"]");
    }

    @Test
    void an_event_repeats_what_its_order_carries_to_the_last_digit() {
        ObjectNode order = order("SO-22", null);
        order.putObject("metadata")
                .put("rate", new BigDecimal("12.50"))
                .put("rounding", new BigDecimal("0.0000001"))
                .put("serial", new BigDecimal("1".repeat(150) + ".123456789"));

        String told = payload(take(order), "order.held");

        assertThat(told)
                .contains("{\"rate\":12.50,\"rounding\":0.0000001,\"serial\":%s.123456789}".formatted("1".repeat(150)));
    }

    @Test
    void the_events_of_an_exception_say_what_happened_to_which_shipment_and_what_closed_it() {
        carrier.script.add(Turn.REFUSE);
        Taken taken = take(order("SO-21", "1"));
        ShipmentRow shipment = settled(taken, ShipmentState.REFUSED);
        take(order("SO-21", "1.1"));
        settled(taken, ShipmentState.LABELLED);

        JsonNode opened = event(taken, "exception.opened");
        JsonNode closed = event(taken, "exception.closed");

        assertThat(opened.path("reason").asText()).isEqualTo("carrier-refused");
        assertThat(opened.at("/problems/0").toString()).contains("street unknown", "/shipTo/line1");
        assertThat(closed.path("exceptionId")).isEqualTo(opened.path("exceptionId"));
        assertThat(closed.path("fact").asText()).isEqualTo("revised");
        assertThat(List.of(opened, closed)).allSatisfy(data -> {
            assertThat(data.path("shipmentId").asText()).isEqualTo(shipment.id());
            assertThat(data.path("subject").asText()).isEqualTo(shipment.id());
        });
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
        List<QuoteBook.Kept> kept = ledger.read(tx -> tx.quotes().ofOrder("acme", "SO-11", 10));
        assertThat(kept)
                .as("what was compared at once is known by its moment")
                .hasSize(2)
                .allSatisfy(each ->
                        assertThat(each.quotedAt()).isEqualTo(kept.get(0).quotedAt()));
        assertThat(charges(shipment))
                .as("the price it was chosen for stands beside what the label was sold for")
                .extracting(row -> row.side() + " " + row.amount().setScale(2))
                .containsExactly("quoted 8.10", "expected 8.10");
    }

    @Test
    void a_void_gives_the_money_back_in_a_line_of_its_own() {
        ObjectNode order = order("SO-12", "1");
        order.putObject("billing").put("costCenter", "4711");
        Taken taken = take(order);
        ShipmentRow shipment = settled(taken, ShipmentState.LABELLED);

        dispatch.voidLabel(shipment.id(), Namespaces.ALL, "ops");

        settled(taken, ShipmentState.VOIDED);
        assertThat(charges(shipment))
                .extracting(row ->
                        row.kind() + " " + row.amount().stripTrailingZeros().toPlainString() + " " + row.costCenter())
                .containsExactly("label_charge 8.1 4711", "void_credit -8.1 4711");
    }

    @Test
    void a_cancelled_order_is_not_bought_and_says_so() {
        Taken taken = take(order("SO-13", null));
        desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(codes(take(order("SO-13", "1")))).containsExactly("order-cancelled");
        assertThatThrownBy(() -> desk.release(taken.orderUid(), Namespaces.ALL, "ops"))
                .hasMessageContaining("was cancelled");
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void an_order_for_its_ship_date_must_say_which() {
        ObjectNode order = order("SO-16", "1");
        order.put("release", "shipDate");

        Taken taken = take(order);

        assertThat(codes(taken)).containsExactly("missing-field");
        assertThat(taken.problems().get(0).pointer()).isEqualTo("/options/shipDate");
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

    private Taken take(ObjectNode order) {
        return rig.take(order);
    }

    private ShipmentRow settled(Taken taken, ShipmentState state) {
        return rig.settled(taken, state);
    }

    /** The data of the one event of this type that the sink is owed. */
    private JsonNode event(Taken taken, String type) {
        return new Orders()
                .parse(payload(taken, type).getBytes(StandardCharsets.UTF_8))
                .path("data");
    }

    private String payload(Taken taken, String type) {
        return ledger.commit(tx -> {
            while (true) {
                List<OutboxBook.Claim> next = tx.outbox().claim("oms", "test", Duration.ofMinutes(1), 10).stream()
                        .filter(due -> due.entityId().equals(taken.orderUid()))
                        .toList();
                assertThat(next).as("events up to " + type).isNotEmpty();
                OutboxBook.Claim first = next.get(0);
                tx.outbox().sent(first, "test");
                if (first.type().equals(type)) {
                    return first.payload();
                }
            }
        });
    }

    private List<AttemptRow> attempts(ShipmentRow shipment) {
        return rig.attempts(shipment);
    }

    private List<ExceptionBook.Row> exceptions() {
        return rig.exceptions();
    }

    private List<ChargeBook.Row> charges(ShipmentRow shipment) {
        return ledger.read(tx -> tx.charges().ofShipment(shipment.id()));
    }

    private List<String> trackingNumbers(ShipmentRow shipment) {
        return ledger.read(tx -> tx.numbers().tracking(shipment.id()));
    }

    private List<QuoteBook.Quote> quotes(ShipmentRow shipment) {
        return ledger.read(tx -> QuotesOf.shipment(tx, shipment));
    }

    private boolean isSeenBy(Taken taken, String namespace) {
        return ledger.read(tx -> tx.orders().find(taken.orderUid(), Namespaces.of(Set.of(namespace))))
                .isPresent();
    }

    private static List<String> codes(Taken taken) {
        return taken.problems().stream().map(Problem::code).toList();
    }

    private static Order.Parcel parcel(String kilograms) {
        return Rig.parcel(kilograms);
    }

    private static ObjectNode order(String orderId, String kilograms) {
        return Rig.order(orderId, kilograms);
    }
}
