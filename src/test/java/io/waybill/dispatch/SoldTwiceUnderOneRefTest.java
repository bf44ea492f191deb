package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Spending;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrphanBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit hears from a carrier of several labels under the one reference of a purchase. */
class SoldTwiceUnderOneRefTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));
    private static final Aftercare SOON = new Aftercare(
            Duration.ofMinutes(30), List.of(Duration.ofMillis(1)), Duration.ofDays(28), Duration.ofDays(30));

    private final Ledger ledger = OneOrder.ledger();
    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.B, "8");
    private final OneOrder order = new OneOrder(ledger, FakeCarrier.account("fake", carrier, "on_creation", SOON));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_stands_beside_the_shipment_s_own_label_is_given_back() {
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        order.sold(attempt, "F100000", List.of());
        carrier.besides.add(sale("F2"));

        audit();

        assertThat(orphans()).containsExactly("F2");
        assertThat(order.reasons()).containsExactly("orphan-label");
        assertThat(order.row().carrierShipment()).isEqualTo("F100000");
    }

    @Test
    void nothing_is_given_back_where_none_of_them_is_the_shipment_s_own() {
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        order.sold(attempt, "F3", List.of());
        carrier.besides.add(sale("F2"));

        audit();

        assertThat(orphans()).isEmpty();
    }

    @Test
    void the_label_of_another_shipment_is_not_given_back() {
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        order.sold(attempt, "F100000", List.of());
        OneOrder another = new OneOrder(ledger, order.account);
        another.sold(another.claim(), "F2", List.of());
        carrier.besides.add(sale("F2"));

        audit();

        assertThat(orphans()).isEmpty();
    }

    @Test
    void nothing_is_given_back_where_one_of_them_has_more_parcels() {
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        order.sold(attempt, "F100000", List.of());
        ShipmentId id = new ShipmentId("F2");
        carrier.besides.add(new Outcome.Bought(
                id, ExternalNumber.ofParcels(id, List.of("F2", "F3")), List.of(), Optional.empty(), new byte[] {1}));

        audit();

        assertThat(orphans()).isEmpty();
    }

    @Test
    void what_a_look_up_finds_so_is_for_a_person_and_audited() {
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        carrier.besides.add(sale("F2"));
        Accounts accounts = new Accounts(List.of(order.account));
        Recording recording = new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});
        recording.unsettled().unknown(attempt, attempt.fence(), "timed out", Duration.ZERO, new byte[0]);

        new Recovery(ledger, accounts, recording, new LookUps(ledger, accounts), SETTINGS, "node", done -> {})
                .settleOpenPurchases("fake");

        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(order.problems()).contains("F100000, F2");
        assertThat(ledger.<List<ShipmentRow>>read(tx -> tx.sweep().due("fake", 10)))
                .singleElement()
                .satisfies(due -> assertThat(due.id()).isEqualTo(order.shipment));
    }

    @Test
    void while_a_person_decides_on_the_purchase_none_of_them_is_taken() {
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        carrier.besides.add(sale("F2"));
        new Unsettled(ledger).review(attempt, attempt.fence(), "several");

        audit();

        assertThat(orphans()).isEmpty();
        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
    }

    @Test
    void what_stands_beside_a_label_a_person_names_before_any_look_up_is_given_back() {
        inDoubt();
        carrier.besides.add(sale("F2"));

        resolve(Resolution.Action.ADOPT, "F100000");
        look();

        assertThat(order.row().carrierShipment()).isEqualTo("F100000");
        assertThat(orphans()).containsExactly("F2");
        assertThat(order.reasons()).containsExactly("orphan-label");
    }

    @Test
    void what_stands_beside_a_label_a_person_gives_back_before_any_look_up_is_given_back_too() {
        inDoubt();
        carrier.besides.add(sale("F2"));

        resolve(Resolution.Action.VOID_AND_REBUY, "F100000");
        look();

        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDED);
        assertThat(orphans()).containsExactly("F2");
    }

    @Test
    void what_is_left_under_the_reference_of_a_label_that_is_told_no_more_once_it_is_void_is_given_back() {
        AttemptRow attempt = inDoubt();

        resolve(Resolution.Action.VOID_AND_REBUY, "F100000");
        carrier.book.put(attempt.ref(), sale("F2"));
        look();

        assertThat(orphans()).containsExactly("F2");
    }

    @Test
    void a_label_a_person_names_that_is_told_alone_stays_as_it_is() {
        inDoubt();

        resolve(Resolution.Action.ADOPT, "F100000");
        look();

        assertThat(orphans()).isEmpty();
        assertThat(order.reasons()).isEmpty();
        assertThat(carrier.voidsAsked).isEmpty();
    }

    @Test
    void what_is_told_alone_may_be_the_label_a_person_named_by_another_number_while_that_is_still_to_come() {
        inDoubt();
        carrier.labelIsReady(false);
        carrier.book.put("by its tracking number", sale("TRACK-1"));
        resolve(Resolution.Action.ADOPT, "TRACK-1");

        look();

        assertThat(order.row().state()).isEqualTo(ShipmentState.BOUGHT);
        assertThat(orphans()).isEmpty();
    }

    /** The answer to the purchase is lost, and nothing was looked up yet. */
    private AttemptRow inDoubt() {
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        new Recording(ledger, SETTINGS, Outside.REAL, sold -> {})
                .unsettled()
                .unknown(attempt, attempt.fence(), "timed out", Duration.ZERO, new byte[0]);
        return attempt;
    }

    private void resolve(Resolution.Action action, String number) {
        dispatch().resolve(order.orderUid, resolution(action, number), Namespaces.ALL, "ops");
    }

    private static Resolution resolution(Resolution.Action action, String number) {
        return new Resolution(action, "the carrier's portal shows it", null, number, null);
    }

    private static Outcome.Bought sale(String number) {
        ShipmentId id = new ShipmentId(number);
        return new Outcome.Bought(
                id, ExternalNumber.ofParcels(id, List.of(number)), List.of(), Optional.empty(), new byte[] {1});
    }

    private void audit() {
        ledger.commitAll(tx -> tx.sweep().schedule(order.row(), Instant.EPOCH));
        look();
    }

    private void look() {
        audits(dispatch());
        assertThat(carrier.lookUps.get()).isPositive();
    }

    private static void audits(Dispatch dispatch) {
        dispatch.loops().stream()
                .filter(loop -> loop.name().startsWith("audit"))
                .forEach(Loop::once);
    }

    private Dispatch dispatch() {
        return new Dispatch(
                ledger,
                new Accounts(List.of(order.account)),
                SETTINGS,
                Spending.read(Settings.of("")),
                "node",
                () -> {});
    }

    private List<String> orphans() {
        return ledger.<List<OrphanBook.Row>>read(tx -> tx.orphans().due("fake", 10)).stream()
                .map(OrphanBook.Row::carrierShipment)
                .toList();
    }
}
