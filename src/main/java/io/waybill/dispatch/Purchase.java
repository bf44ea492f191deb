package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Breaker;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.ledger.AttemptBook.Buyer;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.problem.Problem;
import io.waybill.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One purchase: what its carrier takes no more at once of is cut into pieces first; then prepare, T1 (the intent, durable), one
 * POST, T2. Nothing leaves for the carrier before the intent is on disk.
 */
final class Purchase {
    private static final Logger LOG = LoggerFactory.getLogger(Purchase.class);
    private static final int TELL_AFTER = 3;
    private static final int LONGEST_WHY = 500;

    /** What is about to be bought, and the bytes it is bought with. */
    record Unsent(Intent intent, Prepared prepared) {}

    private final Intents intents;
    private final Unsold unsold;
    private final Tries tries;
    private final AfterRestore hold;
    private final Splitting splitting;
    private final Sending sending;

    Purchase(Intents intents, Unsold unsold, Duration poll, AfterRestore hold, Splitting splitting, Sending sending) {
        this.intents = intents;
        this.unsold = unsold;
        this.tries = new Tries(poll);
        this.hold = hold;
        this.splitting = splitting;
        this.sending = sending;
    }

    /**
     * @param order as it was read after {@code row}: changed since, the row's fence has risen and the claim loses
     * @param pass told the outcome, or given back when the carrier was not asked
     */
    void buy(Account account, OrderRow order, ShipmentRow row, Breaker.Pass pass) {
        try (Turn turn = new Turn(account, order, pass)) {
            buy(account, order, row, turn);
        }
    }

    private void buy(Account account, OrderRow order, ShipmentRow row, Turn turn) {
        Shipment shipment = Shipments.of(order, row);
        Buyer buyer = buyer(order, shipment);
        if (Splitting.isNeeded(account, shipment)) {
            if (!hold.settlesWhole(account, order, row, buyer)) {
                splitting.split(account, row, shipment);
            }
            return;
        }
        Unsent unsent;
        try {
            unsent = prepare(account, order, row, shipment);
        } catch (RefusedException e) {
            unsold.cannotPrepare(row, e.problem(account.name()));
            return;
        } catch (RuntimeException | Error e) { // too little memory for one is no reason to begin it anew at once
            broke(account, order, row, e);
            return;
        }
        tries.succeeded(row.id());
        if (hold.settles(account, order, row, unsent.prepared(), buyer)) {
            return;
        }
        OptionalLong claimed = intents.commit(unsent.intent());
        if (claimed.isPresent()) {
            sending.send(account, unsent, claimed.getAsLong(), turn);
            intents.settled(unsent.intent().attempt());
        }
    }

    /** A purchase that needs nothing but a worker; none where the shipment must be cut, looked up, counted or refused first. */
    Optional<Unsent> atOnce(Account account, OrderRow order, Shipment shipment, ShipmentRow row) {
        if (hold.isOn()
                || !account.carrier().preparesAlone()
                || intents.isLimited(order)
                || Splitting.isNeeded(account, shipment)) {
            return Optional.empty();
        }
        try {
            return Optional.of(prepare(account, order, row, shipment));
        } catch (RuntimeException | Error e) {
            return Optional.empty(); // told when its turn comes
        }
    }

    /** Its intent is on disk with its order. */
    void send(Account account, Unsent unsent, long claimed, Breaker.Pass pass) {
        try (Turn turn = new Turn(account, unsent.intent().order(), pass)) {
            sending.send(account, unsent, claimed, turn);
        }
    }

    Intents intents() {
        return intents;
    }

    /** The hub stops: from now on each answer, of whatever account, is written once, and if that fails left to recovery. */
    void stopInsisting() {
        sending.stopInsisting();
    }

    private static Unsent prepare(Account account, OrderRow order, ShipmentRow row, Shipment shipment) {
        Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), row.attempts() + 1);
        Prepared prepared = account.carrier().prepare(shipment, ref);
        AttemptRow attempt = attempt(account, row, ref, prepared);
        return new Unsent(new Intent(order, row, attempt, buyer(order, shipment)), prepared);
    }

    private static AttemptRow attempt(Account account, ShipmentRow row, Ref ref, Prepared prepared) {
        return new AttemptRow(
                ref.value(),
                row.id(),
                row.attempts() + 1,
                ref.purchaseKey().toString(),
                ref.orderNumber(),
                account.name(),
                account.carrierId(),
                row.fence() + 1,
                "SENDING",
                prepared.bytes(),
                null,
                Instant.EPOCH);
    }

    private static Buyer buyer(OrderRow order, Shipment shipment) {
        return new Buyer(order.source(), order.namespace(), shipment.parcels().size());
    }

    /** Nothing was sent. It makes room for the others and is tried again, ever more rarely; soon a person is told. */
    private void broke(Account account, OrderRow order, ShipmentRow row, Throwable e) {
        int times = tries.broke(row.id());
        LOG.error("the adapter of {} could not prepare {}, try {}", account.name(), row.id(), times, e);
        Problem problem = Problem.of(
                DispatchCode.PURCHASE_FAILED, "account", account.name(), "orderId", order.orderId(), "why", why(e));
        unsold.notPrepared(row, tries.waitAfter(times), problem, times >= TELL_AFTER);
    }

    private static String why(Throwable e) {
        String text = Words.of(e);
        return text.substring(0, Math.min(text.length(), LONGEST_WHY));
    }
}
