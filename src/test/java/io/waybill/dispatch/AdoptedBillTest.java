package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.Reconciled;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What invoices say of a label while it is beside its shipment's is said of the shipment's own once it has become that. */
class AdoptedBillTest {
    private static final String DAY = LocalDate.now(ZoneOffset.UTC).toString();

    @TempDir
    Path folder;

    private final Ledger ledger = OneOrder.ledger();
    private final VoidDesk carrier = new VoidDesk();
    private OneOrder order;

    @BeforeEach
    void begin() {
        order = new OneOrder(ledger, FakeCarrier.account("fake", carrier, "on_creation", Aftercare.DEFAULT));
        found(order.attempt());
        carrier.answers = number -> new Voided.Refused("contact_carrier", "call us");
        order.voidOrphans();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_was_billed_of_it_before_is_not_expected_to_be_billed_again() {
        Reconciled first = bill("I-1", Charge.transport("7.00"));
        assertThat(first.unexplained()).isEqualByComparingTo("0");
        order.sold(order.claim(), "F2", price());

        Reconciled second = bill("I-2", Charge.adjusted("ADC", "Address Correction", "18.00"));

        assertThat(second.variance()).isEqualByComparingTo("18.00");
        assertThat(second.findings()).extracting(VarianceBook.Variance::rule).containsExactly("address-correction");
    }

    @Test
    void what_was_given_back_of_it_before_is_counted_with_what_comes_after() {
        bill("I-1", Charge.voided("-3.00"));
        assertThat(refund().credited()).isEqualByComparingTo("3.00");
        order.sold(order.claim(), "F2", price());
        carrier.answers = number -> new Voided.Done(null);
        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        bill("I-2", Charge.voided("-4.00"));

        assertThat(refund().credited()).isEqualByComparingTo("7.00");
        assertThat(refund().state()).isEqualTo("credited");
        assertThat(expected()).isEqualByComparingTo("0");
    }

    @Test
    void a_bill_that_is_brought_again_compares_it_with_what_the_shipment_s_own_label_costs() {
        bill("I-1", Charge.transport("7.00"));
        order.sold(order.claim(), "F2", price());

        Reconciled again = bill("I-1", Charge.transport("7.00"));

        assertThat(again.findings()).isEmpty();
        assertThat(again.variance()).isEqualByComparingTo("0");
    }

    @Test
    void it_is_the_shipment_s_however_a_bill_groups_its_number() {
        bill(new UpsFile().charge("I-1", "t F-2", DAY, Charge.transport("7.00")), "I-1");
        order.sold(order.claim(), "F2", price());

        Reconciled second = bill("I-2", Charge.adjusted("ADC", "Address Correction", "18.00"));

        assertThat(second.findings()).extracting(VarianceBook.Variance::rule).containsExactly("address-correction");
    }

    @Test
    void it_is_the_shipment_s_where_a_bill_names_it_by_its_lead_number_alone() {
        bill(lead("I-1"), "I-1");
        order.sold(order.claim(), "F2", price());

        Reconciled second = bill("I-2", Charge.adjusted("ADC", "Address Correction", "18.00"));

        assertThat(second.findings()).extracting(VarianceBook.Variance::rule).containsExactly("address-correction");
    }

    @Test
    void what_a_bill_names_by_its_lead_number_may_be_another_label_s_where_there_is_one() {
        found(order.attempt(), "F3");
        bill(lead("I-1"), "I-1");
        order.sold(order.claim(), "F2", price());

        Reconciled second = bill("I-2", Charge.adjusted("ADC", "Address Correction", "18.00"));

        assertThat(second.findings()).extracting(VarianceBook.Variance::rule).contains("expected-never-billed");
    }

    @Test
    void what_was_billed_of_a_purchase_given_up_is_the_shipment_s_once_the_next_is_answered_with_that_label() {
        AttemptRow givenUp = order.attempt();
        ledger.commitAll(tx -> tx.attempts().settle(givenUp.ref(), "GIVEN_UP", new byte[0], null, null));
        UpsFile file = new UpsFile()
                .charge("I-1", "TF9", DAY, Charge.transport("7.00"))
                .with(22, givenUp.ref());
        bill(file, "I-1");
        order.sold(order.claim(), "F9", price());

        UpsFile later = new UpsFile().charge("I-2", "TF9", DAY, Charge.adjusted("ADC", "Address Correction", "18.00"));

        assertThat(bill(later, "I-2").findings())
                .extracting(VarianceBook.Variance::rule)
                .containsExactly("address-correction");
    }

    @Test
    void a_shipment_is_not_billed_by_what_an_invoice_charges_for_the_label_beside_its_own() {
        order.sold(order.claim(), "F3", price());
        assertThat(neverBilled()).isEqualTo("14.00");

        bill("I-1", Charge.transport("7.00"));
        assertThat(neverBilled()).isEqualTo("7.00");
        assertThat(isBilled()).isFalse();

        bill(new UpsFile().charge("I-2", "TF3", DAY, Charge.transport("7.00")), "I-2");
        assertThat(neverBilled()).isEmpty();
        assertThat(isBilled()).isTrue();
    }

    private String neverBilled() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return ledger
                .<List<MoneyBook.Unbilled>>read(tx -> tx.money().neverBilled(Namespaces.ALL, "fake", today, "", "", 10))
                .stream()
                .map(row -> Amounts.plain(row.expected()))
                .collect(Collectors.joining());
    }

    private boolean isBilled() {
        ShipmentRow row = order.row();
        return ledger.read(tx -> tx.related(row)).isBilled(row);
    }

    private static UpsFile lead(String invoice) {
        return new UpsFile()
                .charge(invoice, "TF2", DAY, Charge.transport("7.00"))
                .with(21, "");
    }

    private void found(AttemptRow attempt) {
        found(attempt, "F2");
    }

    /** An audit takes it for a label beside the chosen one. */
    private void found(AttemptRow attempt, String number) {
        ShipmentId id = new ShipmentId(number);
        Outcome.Bought sale = new Outcome.Bought(
                id, ExternalNumber.ofParcels(id, List.of("T" + number)), price(), Optional.empty(), new byte[0]);
        ledger.commitAll(tx -> NewOrphan.record(tx, order.account, Recording.order(tx, attempt), attempt, sale));
    }

    private static List<io.waybill.carrier.Charge> price() {
        return List.of(new io.waybill.carrier.Charge("shipping", Money.of("7.00", "USD"), null, null));
    }

    private Reconciled bill(String number, Charge charge) {
        return bill(new UpsFile().charge(number, "TF2", DAY, charge), number);
    }

    private Reconciled bill(UpsFile bill, String number) {
        Billing billing = new Billing(
                ledger, new Accounts(List.of(order.account)), Mappings.load(folder, name -> null), folder, folder, "n");
        byte[] file = bill.bytes();
        Handed handed = new Handed(number + ".csv", Content.of(file), "ups", "fake", null, "Jane");
        String id = billing.take(handed, Namespaces.ALL).invoices().get(0).row().id();
        return billing.reconciled(id, Namespaces.ALL, 10);
    }

    private RefundBook.Row refund() {
        return ledger.read(tx -> tx.refunds().find("fake", "F2")).orElseThrow();
    }

    private BigDecimal expected() {
        return order.charges().stream()
                .filter(row -> row.side().equals("expected"))
                .map(row -> row.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
