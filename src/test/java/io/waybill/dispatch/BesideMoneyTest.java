package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentState;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a label sold beside the chosen one is expected to cost is told apart from what every other label of its shipment does. */
class BesideMoneyTest {
    private static final Voided NOT_SAID = new Voided.Done(null);
    private static final Voided REFUSED = new Voided.Refused("contact_carrier", "call us");

    private final Ledger ledger = OneOrder.ledger();
    private final VoidDesk carrier = new VoidDesk();
    private OneOrder order;

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void of_two_labels_sold_under_one_reference_each_asks_back_its_own_price() {
        twoBeside("on_creation");
        carrier.answers = number -> number.equals("F2") ? new Voided.Done(Money.of("3.00", "USD")) : NOT_SAID;

        order.voidOrphans();

        assertThat(refunds()).containsExactlyInAnyOrder("F2 7.00 orphan", "F3 9.30 orphan");
        assertThat(costs())
                .containsExactly(
                        "label_charge 8.10",
                        "label_charge 7.00 orphan",
                        "label_charge 9.30 orphan",
                        "void_credit -3.00 orphan");
    }

    @Test
    void billed_on_scan_the_void_of_one_forgives_nothing_of_the_other() {
        twoBeside("on_carrier_acceptance");
        carrier.answers = number -> number.equals("F2") ? NOT_SAID : REFUSED;

        order.voidOrphans();

        assertThat(costs())
                .containsExactly(
                        "label_charge 8.10",
                        "label_charge 7.00 orphan",
                        "label_charge 9.30 orphan",
                        "void_credit -7.00 orphan");
    }

    @Test
    void what_an_invoice_gives_back_of_one_is_nothing_of_the_other() {
        twoBeside("on_creation");
        carrier.answers = number -> number.equals("F3") ? NOT_SAID : new Voided.Pending("in a week");
        order.voidOrphans();
        ledger.commitAll(tx -> tx.givenBack().giveBack(refund("F3"), "USD", new BigDecimal("9.30"), "I-1"));

        assertThat(costs()).endsWith("void_credit -9.30 orphan");
    }

    @Test
    void one_that_became_its_shipment_s_label_after_all_is_expected_and_given_back_as_that() {
        begin("on_creation");
        AttemptRow attempt = order.claim();
        found(attempt, "F2", "7.00");

        order.sold(attempt, "F2", price("7.00"));

        assertThat(costs())
                .containsExactly("label_charge 7.00 orphan", "label_charge -7.00 orphan", "label_charge 7.00");
        carrier.answers = number -> NOT_SAID;
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        ledger.commitAll(tx -> tx.givenBack().giveBack(refund("F2"), "USD", new BigDecimal("7.00"), "I-1"));
        assertThat(refunds()).containsExactly("F2 7.00");
        assertThat(costs()).endsWith("label_charge 7.00", "void_credit -7.00");
    }

    @Test
    void one_that_could_not_be_voided_before_it_became_its_shipment_s_label_is_given_back_as_that() {
        begin("on_creation");
        found(order.attempt(), "F2", "7.00");
        carrier.answers = number -> REFUSED;
        order.voidOrphans();
        assertThat(refunds()).containsExactly("F2 7.00 orphan");

        order.sold(order.claim(), "F2", price("7.00"));

        carrier.answers = number -> NOT_SAID;
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        ledger.commitAll(tx -> tx.givenBack().giveBack(refund("F2"), "USD", new BigDecimal("7.00"), "I-1"));
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDED);
        assertThat(refunds()).containsExactly("F2 7.00");
        assertThat(costs()).endsWith("label_charge 7.00", "void_credit -7.00");
    }

    @Test
    void of_two_under_one_reference_only_the_one_that_became_the_label_is_expected_as_that() {
        begin("on_creation");
        AttemptRow attempt = order.claim();
        found(attempt, "F2", "7.00");
        found(attempt, "F3", "9.30");

        order.sold(attempt, "F3", price("9.30"));

        assertThat(costs())
                .containsExactly(
                        "label_charge 7.00 orphan",
                        "label_charge 9.30 orphan",
                        "label_charge -9.30 orphan",
                        "label_charge 9.30");
    }

    @Test
    void one_found_without_a_price_costs_what_the_answer_says_once_it_is_its_shipment_s_label() {
        begin("on_creation");
        AttemptRow first = order.claim();
        found(first, "F2", List.of());

        order.sold(order.attempt(), "F2", price("7.00"));

        assertThat(costs()).containsExactly("label_charge 7.00");
        carrier.answers = number -> new Voided.Done(Money.of("7.00", "USD"));
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        assertThat(refunds()).containsExactly("F2 7.00");
        assertThat(costs()).containsExactly("label_charge 7.00", "void_credit -7.00");
    }

    @Test
    void of_two_whose_charges_name_no_label_the_void_of_one_is_nothing_that_came_back_of_the_other() {
        begin("on_creation");
        AttemptRow attempt = order.claim();
        order.sold(attempt, "F1", price("8.10"));
        foundByEarlierVersion(attempt, "F2", "7.00");
        foundByEarlierVersion(attempt, "F3", "9.30");
        carrier.answers = number -> new Voided.Done(Money.of(number.equals("F2") ? "7.00" : "9.30", "USD"));

        order.voidOrphans();

        assertThat(sum("orphan")).isEqualByComparingTo("0");
    }

    @Test
    void of_two_whose_charges_name_no_label_only_what_the_answer_charges_is_expected_of_the_shipment_s_label() {
        begin("on_creation");
        AttemptRow attempt = order.claim();
        foundByEarlierVersion(attempt, "F2", "7.00");
        foundByEarlierVersion(attempt, "F3", "9.30");

        order.sold(attempt, "F3", price("9.30"));

        assertThat(costs())
                .containsExactly(
                        "label_charge 7.00 orphan",
                        "label_charge 9.30 orphan",
                        "label_charge -9.30 orphan",
                        "label_charge 9.30");
    }

    @Test
    void of_two_whose_charges_name_no_label_what_the_void_of_one_left_is_expected_of_the_shipment_s_label() {
        begin("on_creation");
        AttemptRow attempt = order.attempt();
        foundByEarlierVersion(attempt, "F2", "7.00");
        foundByEarlierVersion(attempt, "F3", "9.30");
        carrier.answers = number -> number.equals("F2") ? new Voided.Done(Money.of("7.00", "USD")) : REFUSED;
        order.voidOrphans();

        order.sold(order.claim(), "F3", price("9.30"));

        assertThat(sum("orphan")).isEqualByComparingTo("0");
        assertThat(sum(null)).isEqualByComparingTo("9.30");
    }

    @Test
    void of_two_whose_charges_name_no_label_neither_is_expected_of_the_shipment_s_label_at_another_price() {
        begin("on_creation");
        AttemptRow attempt = order.claim();
        foundByEarlierVersion(attempt, "F2", "7.00");
        foundByEarlierVersion(attempt, "F3", "9.30");

        order.sold(attempt, "F3", price("9.50"));

        assertThat(costs())
                .containsExactly("label_charge 7.00 orphan", "label_charge 9.30 orphan", "label_charge 9.50");
    }

    private BigDecimal sum(@Nullable String reason) {
        return order.charges().stream()
                .filter(row -> Objects.equals(reason, row.reason()))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void begin(String chargeEvent) {
        order = new OneOrder(ledger, FakeCarrier.account("fake", carrier, chargeEvent, Aftercare.DEFAULT));
    }

    private void twoBeside(String chargeEvent) {
        begin(chargeEvent);
        AttemptRow attempt = order.claim();
        order.sold(attempt, "F1", price("8.10"));
        order.sold(attempt, "F2", price("7.00"));
        order.sold(attempt, "F3", price("9.30"));
    }

    /** An audit takes it for a label beside the chosen one. */
    private void found(AttemptRow attempt, String number, String amount) {
        found(attempt, number, price(amount));
    }

    private void found(AttemptRow attempt, String number, List<Charge> price) {
        ShipmentId id = new ShipmentId(number);
        Outcome.Bought sale = new Outcome.Bought(
                id, ExternalNumber.ofParcels(id, List.of("T" + number)), price, Optional.empty(), new byte[0]);
        ledger.commitAll(tx -> NewOrphan.record(tx, order.account, Recording.order(tx, attempt), attempt, sale));
    }

    /** One that did not write down whose charges they are. */
    private void foundByEarlierVersion(AttemptRow attempt, String number, String amount) {
        ledger.commitAll(tx -> {
            OrderRow row = Recording.order(tx, attempt);
            tx.orphans().add(attempt, order.account.carrierId(), number);
            tx.attempts().settle(attempt.ref(), "ORPHAN", new byte[] {1}, null, number);
            tx.charges()
                    .record(Charged.lines(order.account, row, order.shipment, attempt.ref(), price(amount), number)
                            .map(BesideMoneyTest::withoutLabel)
                            .toList());
        });
    }

    private static ChargeBook.Line withoutLabel(ChargeBook.Line line) {
        return new ChargeBook.Line(
                line.namespace(),
                line.account(),
                line.carrier(),
                line.orderUid(),
                line.orderId(),
                line.shipmentUid(),
                line.side(),
                line.kind(),
                line.type(),
                line.amount(),
                line.currency(),
                line.carrierCode(),
                line.carrierText(),
                line.source(),
                line.sourceRef(),
                line.costCenter(),
                line.department(),
                line.customerRefs(),
                line.chargeEvent(),
                line.reason(),
                null);
    }

    private static List<Charge> price(String amount) {
        return List.of(new Charge("shipping", Money.of(amount, "USD"), null, null));
    }

    private RefundBook.Row refund(String number) {
        return ledger.read(tx -> tx.refunds().find("fake", number)).orElseThrow();
    }

    private List<String> refunds() {
        return ledger.<List<RefundBook.Row>>read(tx -> tx.refunds().ofShipments(List.of(order.shipment))).stream()
                .map(row -> row.carrierShipment() + " "
                        + Objects.requireNonNull(row.requested()).setScale(2).toPlainString()
                        + (row.orphan() ? " orphan" : ""))
                .toList();
    }

    private List<String> costs() {
        return order.charges().stream()
                .map(row -> row.kind() + " " + row.amount().setScale(2).toPlainString()
                        + (row.reason() == null ? "" : " " + row.reason()))
                .toList();
    }
}
