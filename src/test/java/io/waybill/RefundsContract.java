package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Voids.Voided;
import io.waybill.intake.Taken;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.measure.Money;
import io.waybill.rollout.Rollout;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked back for voided labels, from the wish to the credit: paid, requested, approved, credited. */
abstract class RefundsContract {
    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Rig rig;

    abstract Database database();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_void_that_names_its_refund_is_approved_and_one_that_does_not_waits() {
        start("on_creation", Duration.ofDays(30));
        ShipmentRow said = voided("SO-1", new Voided.Done(Money.of("8.00", "USD")));
        ShipmentRow silent = voided("SO-2", new Voided.Done(null));

        assertThat(refund(said)).isEqualTo("approved USD 8.10 8.10 8.00 0.00");
        assertThat(refund(silent)).isEqualTo("pending USD 8.10 8.10 - 0.00");
    }

    @Test
    void the_carrier_decides_later_and_a_no_is_a_rejection_or_an_exclusion_until_it_says_yes() {
        start("on_creation", Duration.ofDays(30));
        ShipmentRow later = voided("SO-3", new Voided.Pending("we look into it"));
        assertThat(refund(later)).isEqualTo("pending USD 8.10 8.10 - 0.00 we look into it");
        rig.desk.retry(later.orderUid(), Namespaces.ALL, "ops");
        soon(() -> refund(later).startsWith("approved USD 8.10 8.10 8.10"));

        ShipmentRow used = voided("SO-4", new Voided.Refused("label_already_used", "scanned"));
        ShipmentRow no = voided("SO-5", new Voided.Refused("contact_carrier", "call us"));
        assertThat(refund(used)).isEqualTo("excluded USD 8.10 8.10 - 0.00 label_already_used: scanned");
        assertThat(refund(no)).isEqualTo("rejected USD 8.10 8.10 - 0.00 contact_carrier: call us");
        assertThat(rig.exceptions()).hasSize(2).allMatch(row -> row.reason().equals("void-refused"));

        rig.dispatch.voidLabel(no.id(), Namespaces.ALL, "ops");
        assertThat(refund(no)).startsWith("approved USD 8.10 8.10 8.10 0.00");
    }

    @Test
    void a_namespace_whose_refunds_are_off_is_not_told_of_one_that_is_overdue() {
        start("on_creation", Duration.ofMillis(1));
        new Rollout(rig.ledger, Set.of("shared"), () -> {}).setStage("shared", Stage.REFUNDS, false, null, "Ada");
        ShipmentRow off = voided(rig.take(Rig.from("shared", Rig.order("SO-OFF", "1.2"))), new Voided.Done(null));
        ShipmentRow on = voided("SO-ON", new Voided.Done(null));

        soon(() -> rig.exceptions().stream().anyMatch(row -> on.id().equals(row.shipmentUid())));

        assertThat(rig.exceptions()).noneMatch(row -> off.id().equals(row.shipmentUid()));
        assertThat(refund(off)).startsWith("pending");
    }

    @Test
    void where_labels_are_billed_on_scan_nothing_is_asked_back() {
        start("on_carrier_acceptance", Duration.ofMillis(1));
        ShipmentRow label = voided("SO-6", new Voided.Done(null));

        assertThat(refund(label)).isEqualTo("not_applicable USD 8.10 8.10 - 0.00");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_is_overdue_is_told_to_a_person_and_closed_by_the_credit_the_carrier_booked() {
        start("on_creation", Duration.ofMillis(100));
        ShipmentRow label = voided("SO-7", new Voided.Done(null));
        soon(() -> rig.exceptions().size() == 1);
        assertThat(rig.exceptions().get(0).reason()).isEqualTo("refund-overdue");
        assertThat(rig.exceptions().get(0).problems()).contains("8.10");

        carrier.credits("8.10");

        soon(() -> rig.exceptions().isEmpty());
        assertThat(refund(label)).isEqualTo("credited USD 8.10 8.10 8.10 8.10");
        assertThat(rig.ledger.read(tx -> tx.charges().ofShipment(label.id())).stream()
                        .map(row -> row.side() + " " + row.kind() + " " + Amounts.plain(row.amount()))
                        .toList())
                .containsExactly(
                        "expected label_charge 8.10", "expected void_credit -8.10", "settled void_credit -8.10");
        assertThat(rig.ledger.read(tx -> tx.deliveries().of(label.orderUid())).stream()
                        .map(row -> row.type())
                        .toList())
                .containsSubsequence("shipment.voided", "exception.opened", "exception.closed", "billing.refunded");
    }

    @Test
    void where_labels_are_paid_by_invoice_a_void_before_it_is_never_overdue() {
        start("carrier_default", Duration.ofMillis(1));
        ShipmentRow label = voided("SO-8", new Voided.Done(null));
        List<RefundBook.Row> due = rig.ledger.read(tx -> tx.refunds()
                .list(new RefundBook.Search("fake", "pending", tx.now().plusSeconds(60), null, 10), Namespaces.ALL));
        assertThat(due).extracting(RefundBook.Row::shipmentUid).containsExactly(label.id());
        carrier.credits("8.10");
        soon(() -> refund(label).startsWith("credited"));
        assertThat(rig.exceptions()).isEmpty();
    }

    private void start(String chargeEvent, Duration refundWithin) {
        Aftercare care =
                new Aftercare(Duration.ofHours(1), List.of(Duration.ofHours(1)), Duration.ofDays(1), refundWithin);
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier, chargeEvent, care));
    }

    private ShipmentRow voided(String orderId, Voided answer) {
        return voided(rig.take(Rig.order(orderId, "1.2")), answer);
    }

    private ShipmentRow voided(Taken taken, Voided answer) {
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);
        carrier.voidScript.add(answer);
        Throwable refused = catchThrowable(() -> rig.dispatch.voidLabel(label.id(), Namespaces.ALL, "ops"));
        assertThat(refused != null).isEqualTo(answer instanceof Voided.Refused);
        return label;
    }

    private String refund(ShipmentRow label) {
        RefundBook.Row row = rig.ledger
                .<List<RefundBook.Row>>read(tx -> tx.refunds().ofShipments(List.of(label.id())))
                .get(0);
        return Stream.of(
                        row.state(),
                        row.currency(),
                        plain(row.paid()),
                        plain(row.requested()),
                        plain(row.approved()),
                        plain(row.credited()),
                        row.words())
                .filter(word -> word != null)
                .collect(Collectors.joining(" "));
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? "-" : Amounts.plain(amount);
    }

    private static void soon(java.util.concurrent.Callable<Boolean> fact) {
        await().pollInterval(Duration.ofMillis(10)).until(fact);
    }
}
