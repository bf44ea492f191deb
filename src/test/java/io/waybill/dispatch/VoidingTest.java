package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TrackingBook;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ask for one void: the second is asked and answered while the first waits for its answer. */
class VoidingTest {
    private static final Voided DONE = new Voided.Done(Money.of("8.10", "USD"));
    private static final Voided REFUSED = new Voided.Refused("contact_carrier", "call us");

    private static final Voided ALREADY = new Voided.Refused("label_already_voided", "voided before");

    private final VoidDesk carrier = new VoidDesk();
    private Ledger ledger;
    private OneOrder order;

    @BeforeEach
    void sell() {
        ledger = OneOrder.ledger();
        order = sold("F1", List.of(new Charge("shipping", Money.of("8.10", "USD"), null, null)));
    }

    private OneOrder sold(String number, List<Charge> price) {
        OneOrder one = new OneOrder(ledger, FakeCarrier.account("fake", carrier, "on_creation", Aftercare.DEFAULT));
        one.sold(one.claim(), number, price);
        assertThat(one.row().state()).isEqualTo(ShipmentState.LABELLED);
        return one;
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_confirmed_void_stands_though_another_asker_was_refused_before_it() {
        meanwhile(DONE, REFUSED);

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertVoidedOnce();
    }

    @Test
    void a_refusal_after_a_confirmed_void_changes_nothing_and_is_nobodys_work() {
        meanwhile(REFUSED, DONE);

        assertThatThrownBy(() -> order.voiding.cancel(order.shipment, Namespaces.ALL, "ops"))
                .hasMessageContaining("call us");

        assertVoidedOnce();
    }

    @Test
    void what_is_asked_back_of_a_confirmed_void_is_not_turned_down_by_a_refusal_that_came_late() {
        meanwhile(REFUSED, DONE);

        assertThatThrownBy(() -> order.voiding.cancel(order.shipment, Namespaces.ALL, "ops"))
                .hasMessageContaining("call us");

        assertThat(order.refunds()).containsExactly("approved 8.10");
    }

    @Test
    void a_decision_to_come_after_a_confirmed_void_takes_nothing_back() {
        meanwhile(new Voided.Pending("in a week"), DONE);

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertVoidedOnce();
        assertThat(order.refunds()).containsExactly("approved 8.10");
    }

    @Test
    void a_confirmed_void_of_an_orphan_stands_too() {
        order.sold(order.attempt(), "F9", List.of(new Charge("shipping", Money.of("8.10", "USD"), null, null)));
        carrier.answers = number -> {
            carrier.answers = again -> REFUSED;
            ledger.commitAll(tx -> tx.orphans().askAgain(order.shipment));
            order.voidOrphans();
            return DONE;
        };

        order.voidOrphans();

        String state = ledger.read(tx -> tx.orphans().stateOf("fake", "F9"));
        assertThat(state).isEqualTo("VOIDED");
        assertThat(order.refunds()).containsExactly("approved 8.10");
        assertThat(order.reasons()).isEmpty();
    }

    @Test
    void a_void_two_askers_hear_confirmed_is_credited_once() {
        meanwhile(DONE, DONE);

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertVoidedOnce();
    }

    @Test
    void what_comes_back_of_a_label_whose_price_nobody_knows_is_credited_once() {
        order = sold("F2", List.of());
        meanwhile(DONE, DONE);

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertThat(costs(order)).containsExactly("label_charge 8.10", "void_credit -8.10");
    }

    @Test
    void what_comes_back_of_a_label_whose_price_nobody_knows_is_nothing_of_the_price_of_a_label_beside_it() {
        order = new OneOrder(ledger, FakeCarrier.account("fake", carrier, "on_creation", Aftercare.DEFAULT));
        AttemptRow attempt = order.claim();
        order.sold(attempt, "F2", List.of());
        order.sold(attempt, "F3", List.of(new Charge("shipping", Money.of("9.30", "USD"), null, null)));
        carrier.answers = number -> number.equals("F2") ? DONE : REFUSED;

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertThat(costs(order)).containsExactly("label_charge 9.30 orphan", "label_charge 8.10", "void_credit -8.10");
    }

    @Test
    void what_an_invoice_gave_back_before_the_carrier_confirmed_the_void_is_given_back_once() {
        carrier.answers = number -> new Voided.Pending("we look into it");
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        ledger.commitAll(tx -> tx.givenBack()
                .giveBack(
                        tx.refunds().ofShipments(List.of(order.shipment)).get(0),
                        "USD",
                        new BigDecimal("8.10"),
                        "I-1"));
        carrier.answers = number -> DONE;

        order.voidCalls.askNow(order.shipment);

        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDED);
        assertThat(costs(order)).containsExactly("label_charge 8.10", "void_credit -8.10");
    }

    @Test
    void what_an_invoice_gave_back_before_the_void_is_a_part_of_what_its_carrier_says_it_gives_back() {
        carrier.answers = number -> new Voided.Pending("we look into it");
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        ledger.commitAll(tx -> tx.givenBack()
                .giveBack(
                        tx.refunds().ofShipments(List.of(order.shipment)).get(0),
                        "USD",
                        new BigDecimal("3.00"),
                        "I-1"));
        carrier.answers = number -> new Voided.Done(Money.of("5.00", "USD"));

        order.voidCalls.askNow(order.shipment);

        assertThat(costs(order)).containsExactly("label_charge 8.10", "void_credit -3.00", "void_credit -2.00");
    }

    @Test
    void an_invoice_that_takes_a_discount_back_beside_its_credit_makes_no_label_cost_less_than_nothing() {
        order = sold(
                "F2",
                List.of(
                        new Charge("shipping", Money.of("10.00", "USD"), null, null),
                        new Charge("discount", Money.of("-2.00", "USD"), null, null)));
        carrier.answers = number -> new Voided.Pending("we look into it");
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        ledger.commitAll(tx -> tx.givenBack()
                .giveBack(
                        tx.refunds().ofShipments(List.of(order.shipment)).get(0),
                        "USD",
                        new BigDecimal("10.00"),
                        "I-1"));

        assertThat(costs(order)).containsExactly("label_charge 10.00", "label_charge -2.00", "void_credit -8.00");
    }

    private static List<String> costs(OneOrder order) {
        return order.charges().stream()
                .map(row -> row.kind() + " " + row.amount().setScale(2).toPlainString()
                        + (row.reason() == null ? "" : " " + row.reason()))
                .toList();
    }

    @Test
    void nobody_waits_for_the_label_of_a_number_the_carrier_never_knew() {
        order = new OneOrder(ledger, FakeCarrier.account("fake", carrier, "on_creation", Aftercare.DEFAULT));
        order.sold(order.claim(), "F2", List.of(), null);
        ledger.commitAll(tx -> Recording.open(
                tx,
                Reason.LABEL_OVERDUE,
                order.shipment,
                tx.orders().lockOf(order.shipment).orElseThrow(),
                order.shipment,
                Problem.of(DispatchCode.PURCHASE_UNDER_REVIEW)));
        carrier.answers = number -> new Voided.Refused("label_not_found", "no such label");

        assertThatThrownBy(() -> order.voiding.cancel(order.shipment, Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class);

        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(order.reasons()).containsExactly("purchase-unresolved");
    }

    @Test
    void what_the_carrier_gives_back_is_credited_though_another_asker_heard_first_that_the_label_was_void_already() {
        meanwhile(DONE, ALREADY);

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertVoidedOnce();
        assertThat(order.refunds()).containsExactly("approved 8.10");
    }

    @Test
    void what_is_told_of_the_money_after_the_void_reaches_the_books_as_if_it_had_been_told_with_it() {
        meanwhile(DONE, ALREADY);

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertThat(order.events()).endsWith("shipment.voided", "billing.refunded");
        JsonNode voided = order.told("shipment.voided");
        assertThat(voided.has("refund")).isFalse();
        assertThat(brought(voided)).isEmpty();
        JsonNode refunded = order.told("billing.refunded");
        assertThat(refunded.path("shipmentId").asText()).isEqualTo(order.shipment);
        assertThat(refunded.path("status").asText()).isEqualTo("voided");
        assertThat(refunded.path("refund").toString()).isEqualTo("{\"amount\":\"8.10\",\"currency\":\"USD\"}");
        assertThat(brought(refunded)).containsExactly("void_credit -8.10");
        assertThat(refunded.at("/total/amount").asText()).isEqualTo("0.00");
    }

    @Test
    void what_was_told_with_the_void_is_told_once() {
        meanwhile(DONE, DONE);

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertThat(order.events()).doesNotContain("billing.refunded");
        assertThat(brought(order.told("shipment.voided"))).containsExactly("void_credit -8.10");
    }

    /** The lines of the ledger that an event is the first to tell. */
    private static List<String> brought(JsonNode data) {
        return StreamSupport.stream(data.path("charges").spliterator(), false)
                .filter(line -> line.path("new").asBoolean())
                .map(line ->
                        line.path("kind").asText() + " " + line.path("amount").asText())
                .toList();
    }

    @Test
    void refused_to_both_it_is_a_label_as_before_and_one_exception() {
        meanwhile(REFUSED, REFUSED);

        assertThatThrownBy(() -> order.voiding.cancel(order.shipment, Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class)
                .hasMessageNotContaining("void already");

        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(order.reasons()).containsExactly("void-refused");
        assertThat(order.charges()).hasSize(1);
        assertThat(order.events()).doesNotContain("shipment.voided");
    }

    @Test
    void a_label_that_was_used_is_nobodys_work_though_its_void_was_refused() {
        meanwhile(REFUSED, REFUSED);
        assertThatThrownBy(() -> order.voiding.cancel(order.shipment, Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class);

        ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.DELIVERED, order.shipment));

        assertThat(order.reasons()).isEmpty();
    }

    @Test
    void a_void_that_is_refused_after_the_delivery_is_answered_and_nobodys_work() {
        meanwhile(REFUSED, REFUSED);
        ledger.commit(tx -> tx.tracking()
                .itinerary(order.shipment, tx.now())
                .record(new TrackingBook.Event("TF1", "delivered", "DL", null, "Austin", Instant.now(), "push")));

        assertThatThrownBy(() -> order.voiding.cancel(order.shipment, Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class);

        assertThat(order.row().isDelivered()).isTrue();
        assertThat(order.reasons()).isEmpty();
    }

    @Test
    void a_void_that_is_not_answered_is_told_to_a_person_once_it_has_lasted_and_goes_on() {
        carrier.answers = number -> new Voided.Unknown("HTTP 503");
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        assertThat(order.reasons()).isEmpty();

        impatient().askNow(order.shipment);
        impatient().askNow(order.shipment);

        assertThat(order.reasons()).containsExactly("void-refused");
        assertThat(order.problems()).contains("void-unanswered", "HTTP 503");
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDING);
        carrier.answers = number -> DONE;
        impatient().askNow(order.shipment);
        assertVoidedOnce();
    }

    @Test
    void a_carrier_that_cannot_be_asked_for_a_void_has_not_answered() {
        carrier.answers = number -> {
            throw new IllegalStateException("no reader for this");
        };
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        impatient().askNow(order.shipment);

        assertThat(order.problems()).contains("void-unanswered", "no reader for this");
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDING);
    }

    @Test
    void what_is_to_be_bought_again_and_waits_for_a_carrier_that_decides_later_is_told_to_a_person_once() {
        carrier.answers = number -> new Voided.Pending("submitted");
        ledger.commitAll(tx -> order.voiding.request(tx, order.row(), true, null));
        order.voidCalls.askNow(order.shipment);
        assertThat(order.reasons()).isEmpty();

        impatient().askNow(order.shipment);
        impatient().askNow(order.shipment);

        assertThat(order.reasons()).containsExactly("void-refused");
        assertThat(order.problems()).contains("void-unanswered", "submitted");
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDING);
        carrier.answers = number -> DONE;
        impatient().askNow(order.shipment);
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDED);
        assertThat(order.reasons()).isEmpty();
    }

    @Test
    void a_carrier_that_decides_later_is_waited_for_where_nothing_is_bought_again() {
        carrier.answers = number -> new Voided.Pending("submitted");
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        impatient().askNow(order.shipment);

        assertThat(order.reasons()).isEmpty();
    }

    @Test
    void a_void_whose_account_has_a_carrier_now_that_takes_no_label_back_is_told_and_holds_nothing_up() {
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        ledger.commitAll(tx -> tx.shipments().postpone(order.row(), Duration.ZERO));
        Accounts changed = new Accounts(
                List.of(FakeCarrier.account("fake", new Gullible(carrier), "on_creation", Aftercare.DEFAULT)));
        VoidCalls calls = new VoidCalls(ledger, changed, Duration.ZERO);

        calls.askAgain("fake");

        assertThat(ledger.<Integer>read(
                        tx -> tx.due().of("fake", ShipmentState.VOIDING, 1).size()))
                .isZero();
        assertThat(order.reasons()).containsExactly("void-refused");
        assertThat(order.problems()).contains("void-unanswered", "cannot void labels");
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDING);
    }

    @Test
    void the_carrier_its_account_has_since_the_sale_is_not_asked_to_void_it_and_a_person_is_told() {
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        carrier.answers = number -> {
            throw new AssertionError("another carrier is asked about " + number);
        };
        Account changed = new Account("fake", "other", carrier, Set.of(), 4, Duration.ZERO, "on_creation", false);

        new VoidCalls(ledger, new Accounts(List.of(changed)), Duration.ZERO).askNow(order.shipment);

        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDING);
        assertThat(order.problems()).contains("void-unanswered", "fake is an account of other now", "sent to fake,");
    }

    @Test
    void a_label_its_carrier_does_not_know_after_an_answer_was_lost_is_said_to_be_void_perhaps() {
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        carrier.answers = number -> new Voided.Refused("label_not_found", "No shipment found");

        Problem told = order.voidCalls.ask(order.shipment).orElseThrow();

        assertThat(told.sentence(Locale.ENGLISH)).contains("No shipment found", "F1 ", "may be void already");
        assertThat(told.sentence(Locale.CHINESE)).contains("No shipment found", "可能已经作废");
        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(order.reasons()).containsExactly("void-refused");
    }

    /** Whoever waits for no answer at all. */
    private VoidCalls impatient() {
        return new VoidCalls(ledger, new Accounts(List.of(order.account)), Duration.ZERO);
    }

    /** The first asker hears {@code first}; before that, a second one asks and hears {@code second}. */
    private void meanwhile(Voided first, Voided second) {
        carrier.answers = number -> {
            carrier.answers = again -> second;
            try {
                order.voidCalls.askNow(order.shipment);
            } catch (ProblemException refusal) {
                assertThat(second).isEqualTo(REFUSED);
            }
            return first;
        };
    }

    private void assertVoidedOnce() {
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDED);
        assertThat(order.reasons()).isEmpty();
        assertThat(order.charges()).extracting(ChargeBook.Row::kind).containsExactly("label_charge", "void_credit");
        assertThat(order.events()).filteredOn("shipment.voided"::equals).hasSize(1);
    }
}
