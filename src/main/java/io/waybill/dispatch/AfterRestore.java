package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.dispatch.ForgottenSales.Forgotten;
import io.waybill.dispatch.ForgottenSales.Seen;
import io.waybill.ledger.AttemptBook.Buyer;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RestoreBook.Restored;
import io.waybill.ledger.RestoreBook.Result;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HOLD. A ledger restored from a backup may have forgotten its newest purchases, and an order that is sent again looks new
 * to it. Refs can be rebuilt from the order alone, so before the first purchase of each shipment the refs it may have been
 * bought under are looked up, at every account that may have sold it. What was sold is adopted; where nobody can tell, a
 * person is asked; else the purchase goes on and is looked up no more.
 */
final class AfterRestore {
    private static final Logger LOG = LoggerFactory.getLogger(AfterRestore.class);

    private final Ledger ledger;
    private final Splitting splitting;
    private final ForgottenSales forgotten;
    private final Adopting adopting;
    private volatile Optional<Restored> restored;

    AfterRestore(
            Ledger ledger,
            Accounts accounts,
            Recording recording,
            Splitting splitting,
            DispatchSettings settings,
            String node) {
        this.ledger = ledger;
        this.splitting = splitting;
        this.forgotten = new ForgottenSales(accounts, recording.unsold(), settings.poll());
        this.adopting = new Adopting(ledger, recording, settings.lease(), node);
        this.restored = ledger.read(tx -> tx.restores().open());
        restored.ifPresent(restore -> LOG.warn(
                "This database was restored from {}: each purchase is looked up first until ./waybill restore --done",
                restore.backup()));
    }

    /** The shipment that is looked up, and whom it is bought for. */
    record Subject(Restored restore, OrderRow order, ShipmentRow row, Buyer buyer) {}

    /** True when the shipment must not be bought now: it was found, put off, or given to a person. */
    boolean settles(Account account, OrderRow order, ShipmentRow row, Prepared prepared, Buyer buyer) {
        Optional<Restored> restore = toLookUp(row);
        if (restore.isEmpty()) {
            return false;
        }
        return isTooEarly(restore.get(), account, order, row)
                || lookUp(new Subject(restore.get(), order, row, buyer), account, prepared);
    }

    /**
     * {@link #settles} of a shipment this account buys in pieces, before it is cut: who takes all of it at once may have sold
     * it. The pieces are looked up like any shipment.
     */
    boolean settlesWhole(Account account, OrderRow order, ShipmentRow row, Buyer buyer) {
        Optional<Restored> restore = toLookUp(row);
        if (restore.isEmpty()) {
            return false;
        }
        if (isTooEarly(restore.get(), account, order, row)) {
            return true;
        }
        Subject about = new Subject(restore.get(), order, row, buyer);
        Shipment whole = Shipments.of(order, row);
        List<Account> takers = forgotten.whoMayHaveSold(account, order).stream()
                .filter(other -> !Splitting.isNeeded(other, whole))
                .toList();
        Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), row.attempts() + 1);
        Prepared unsaid = new Prepared(ref, new byte[0]);
        return forgotten
                .search(about, takers)
                .map(seen -> isAdopted(about, seen.sales(), unsaid) || isUntold(about, account, unsaid, seen))
                .orElse(true);
    }

    /** Whether anything must be looked up before it is bought. */
    boolean isOn() {
        return restored.isPresent();
    }

    private Optional<Restored> toLookUp(ShipmentRow row) {
        if (restored.isPresent() && ledger.read(tx -> tx.restores().open()).isEmpty()) {
            restored = Optional.empty(); // another node was told that all is well
        }
        return restored.filter(restore -> !ledger.read(tx -> tx.restores().isLookedUp(restore.id(), row.id())));
    }

    private boolean isTooEarly(Restored restore, Account account, OrderRow order, ShipmentRow row) {
        List<Account> everybody = forgotten.whoMayHaveSold(account, order);
        Duration early = ForgottenSales.untilBelievable(ledger.read(Tx::now), restore, everybody);
        if (early.compareTo(Duration.ZERO) > 0) {
            ledger.commitAll(tx -> tx.shipments().postpone(row, early));
            return true;
        }
        return false;
    }

    /** In the commit of the intent: from now on the ledger knows of this shipment's purchases again. */
    void goesOn(Tx tx, ShipmentRow row) {
        restored.ifPresent(restore -> tx.restores().lookedUp(restore.id(), row.id(), Result.FREE));
    }

    /** All is well, says a person: what nobody could look up is bought. Answers how many that are. */
    int end(String actor) {
        ledger.commitAll(tx -> {
            if (tx.restores().done(actor)) {
                tx.audit().record(actor, "restore.done", null, null, null);
            }
            tx.exceptions().closeBy(Fact.RESTORE_DONE, "restore");
        });
        restored = Optional.empty();
        int released = 0;
        for (List<ShipmentRow> rows = heldBack(); !rows.isEmpty(); rows = heldBack()) {
            for (ShipmentRow row : rows) {
                released += ledger.commit(tx -> letGo(tx, row)) ? 1 : 0;
            }
        }
        return released;
    }

    private List<ShipmentRow> heldBack() {
        return ledger.read(tx -> tx.restores().heldBack(100));
    }

    private static boolean letGo(Tx tx, ShipmentRow row) {
        Recording.lock(tx, row);
        if (!tx.restores().letGo(row)) {
            return false;
        }
        tx.exceptions().closeBy(Fact.RESTORE_DONE, row.id());
        return true;
    }

    private boolean lookUp(Subject about, Account account, Prepared prepared) {
        Optional<Seen> seen = forgotten.search(about, forgotten.whoMayHaveSold(account, about.order()));
        if (seen.isEmpty()
                || isAdopted(about, seen.get().sales(), prepared)
                || isUntold(about, account, prepared, seen.get())) {
            return true;
        }
        Optional<String> unproven = seen.get().unproven(account);
        unproven.ifPresent(why -> adopting.askPerson(about, account, prepared, why));
        return unproven.isPresent();
    }

    /** It was sold, and only a person finds out as what. */
    private boolean isUntold(Subject about, Account account, Prepared prepared, Seen seen) {
        seen.untold().ifPresent(why -> adopting.askPerson(about, account, prepared, why));
        return seen.untold().isPresent();
    }

    /** One sold by who sells such a shipment in pieces is its first piece: it is cut, and each piece looked up by itself. */
    private boolean isAdopted(Subject about, List<Forgotten> newestFirst, Prepared prepared) {
        if (newestFirst.isEmpty()) {
            return false;
        }
        Account seller = newestFirst.get(0).account();
        Shipment shipment = Shipments.of(about.order(), about.row());
        if (Splitting.isNeeded(seller, shipment)) {
            splitting.split(seller, about.row(), shipment);
        } else {
            adopting.adopt(about, newestFirst, prepared);
        }
        return true;
    }
}
