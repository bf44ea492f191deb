package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Spending;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrphanBook;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentState;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A purchase nobody found; then its order changed, its account was to be chosen anew, and it was called off. */
class AuditWithoutAccountTest {
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
    private final Account account = FakeCarrier.account("fake", carrier, "on_creation", SOON);
    private final OneOrder order = new OneOrder(ledger, account);

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_label_that_turns_up_later_is_found_and_given_back() {
        AttemptRow attempt = order.claim();
        ledger.commitAll(tx -> tx.purchases().takeOver(order.row(), "node", Duration.ofMinutes(1), null));
        Accounts accounts = new Accounts(List.of(account));
        Recording recording = new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});
        recording.unsold().notFound(attempt, order.row().fence());
        ledger.commitAll(tx -> tx.plans().beginAgain(order.row(), choosing()));
        ledger.commitAll(tx -> tx.shipments().move(order.row(), ShipmentState.CANCELLED, null));
        carrier.sellUnder(Refs.of(attempt));

        List<Loop> loops =
                new Dispatch(ledger, accounts, SETTINGS, Spending.read(Settings.of("")), "node", () -> {}).loops();
        loops.stream().filter(loop -> loop.name().startsWith("audit")).forEach(Loop::once);

        assertThat(ledger.<List<OrphanBook.Row>>read(tx -> tx.orphans().due("fake", 10)))
                .singleElement()
                .satisfies(orphan -> assertThat(orphan.shipmentUid()).isEqualTo(order.shipment));
        assertThat(order.row().state()).isEqualTo(ShipmentState.CANCELLED);
    }

    private static Plan choosing() {
        return new Plan(ShipmentState.CHOOSING, null, null, "cheapest", "PDF", "4x6", 203, null, null, null, null);
    }
}
