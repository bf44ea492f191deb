package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.ledger.AttemptBook.Buyer;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RestoreBook.Restored;
import io.waybill.ledger.RestoreBook.Result;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    private static final int REFS = 3;
    private static final int TELL_AFTER = 3;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Recording recording;
    private final DispatchSettings settings;
    private final String node;
    private final Tries tries;
    private volatile Optional<Restored> restored;

    AfterRestore(Ledger ledger, Accounts accounts, Recording recording, DispatchSettings settings, String node) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.recording = recording;
        this.settings = settings;
        this.node = node;
        this.tries = new Tries(settings.poll());
        this.restored = ledger.read(tx -> tx.restores().open());
        restored.ifPresent(restore -> LOG.warn(
                "This database was restored from {}: each purchase is looked up first until ./waybill restore --done",
                restore.backup()));
    }

    /** The shipment that is looked up, and whom it is bought for. */
    private record Asked(Restored restore, OrderRow order, ShipmentRow row, Buyer buyer) {}

    /** A purchase that was made before the restore, and where. */
    private record Sale(Account account, Ref ref, int attempt, Outcome.Bought bought) {}

    /** True when the shipment must not be bought now: it was found, put off, or given to a person. */
    boolean settles(Account account, OrderRow order, ShipmentRow row, Prepared prepared, Buyer buyer) {
        Optional<Restored> restore = restored;
        if (restore.isEmpty()
                || ledger.read(tx -> tx.restores().isLookedUp(restore.get().id(), row.id()))) {
            return false;
        }
        Duration early = untilBelievable(restore.get(), account);
        if (early.compareTo(Duration.ZERO) > 0) {
            ledger.commitAll(tx -> tx.shipments().postpone(row, early));
            return true;
        }
        return lookUp(new Asked(restore.get(), order, row, buyer), account, prepared);
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

    /** What was sent just before the store was lost may still take effect. */
    private Duration untilBelievable(Restored restore, Account account) {
        Instant now = ledger.read(Tx::now);
        return Duration.between(now, restore.restoredAt().plus(account.settle()));
    }

    private boolean lookUp(Asked about, Account account, Prepared prepared) {
        OrderRow order = about.order();
        ShipmentRow row = about.row();
        Map<String, Sale> sales = new LinkedHashMap<>();
        boolean canTell = account.carrier().idempotency() != IdempotencyClass.C;
        for (Account asked : whoMayHaveSold(account, order)) {
            for (int attempt = row.attempts() + REFS; attempt > row.attempts(); attempt--) {
                Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), attempt);
                Found found = find(asked, ref);
                if (found instanceof Found.Sold sold) {
                    sales.merge(
                            sold.bought().id().value(),
                            new Sale(asked, ref, attempt, sold.bought()),
                            AfterRestore::earlierOfOneAccount);
                } else if (found instanceof Found.Unreachable silent) {
                    later(asked, order, row, silent.why());
                    return true;
                } else if (found instanceof Found.Impossible && asked == account) {
                    canTell = false;
                }
            }
        }
        if (!sales.isEmpty()) {
            adopt(about, new ArrayList<>(sales.values()), prepared);
            return true;
        }
        if (!canTell) {
            ask(about, account, prepared, "this carrier has no look-up");
            return true;
        }
        if (account.carrier().idempotency() == IdempotencyClass.B
                && !account.lookUpProven()
                && !account.isBilledOnScan()) {
            ask(about, account, prepared, "looked up and not found, which this account does not prove");
            return true;
        }
        return false;
    }

    private static Found find(Account asked, Ref ref) {
        try {
            return asked.carrier().find(ref);
        } catch (RuntimeException e) {
            LOG.error("the look-up of {} at {} broke", ref.value(), asked.name(), e);
            return new Found.Unreachable("the look-up broke: " + e);
        }
    }

    /** One sale that several refs find, because they share their key, was made by the first of them. */
    private static Sale earlierOfOneAccount(Sale known, Sale earlier) {
        return known.account() == earlier.account() ? earlier : known;
    }

    /** The account of this purchase first, then the others its namespace may ship with: a rule may have chosen another then. */
    private List<Account> whoMayHaveSold(Account account, OrderRow order) {
        return Stream.concat(
                        Stream.of(account),
                        accounts.serving(order.namespace()).stream()
                                .filter(other -> !other.name().equals(account.name())))
                .toList();
    }

    /** The newest is the one that counts; what else was sold is an orphan. */
    private void adopt(Asked about, List<Sale> sales, Prepared prepared) {
        ShipmentRow row = about.row();
        Sale chosen = sales.get(0);
        AttemptRow attempt = attempt(chosen.account(), row, chosen.ref(), chosen.attempt(), prepared.bytes());
        if (!claim(about, attempt, chosen.account(), Result.FOUND)) {
            return;
        }
        LOG.info("Found {} at {}: it was bought before the restore", attempt.ref(), attempt.account());
        recording.bought(chosen.account(), attempt, attempt.fence(), chosen.bought());
        for (Sale other : sales.subList(1, sales.size())) {
            AttemptRow more = attempt(other.account(), row, other.ref(), other.attempt(), new byte[0]);
            ledger.commitAll(tx ->
                    tx.attempts().open(more, about.buyer(), about.restore().id()));
            recording.bought(other.account(), more, row.fence(), other.bought());
        }
    }

    private void ask(Asked about, Account account, Prepared prepared, String why) {
        ShipmentRow row = about.row();
        AttemptRow attempt = attempt(account, row, prepared.ref(), row.attempts() + 1, prepared.bytes());
        if (claim(about, attempt, account, Result.REVIEW)) {
            recording.review(attempt, attempt.fence(), DispatchCode.PURCHASE_AFTER_RESTORE, why);
        }
    }

    /** Opens an attempt that this hub never sends: it is what an adopted sale, or a person's decision, is written on. */
    private boolean claim(Asked about, AttemptRow attempt, Account account, Result result) {
        return ledger.commit(tx -> {
            if (!tx.restores().claimAs(attempt, about.row(), account.carrierId(), node, settings.lease())) {
                return false;
            }
            tx.attempts().open(attempt, about.buyer(), about.restore().id());
            tx.restores().lookedUp(about.restore().id(), about.row().id(), result);
            return true;
        });
    }

    private void later(Account asked, OrderRow order, ShipmentRow row, String why) {
        int times = tries.broke(row.id());
        Problem problem = Problem.of(
                DispatchCode.LOOK_UP_AFTER_RESTORE, "account", asked.name(), "orderId", order.orderId(), "why", why);
        recording.notPrepared(row, tries.waitAfter(times), problem, times >= TELL_AFTER);
    }

    private static AttemptRow attempt(Account account, ShipmentRow row, Ref ref, int number, byte[] request) {
        return new AttemptRow(
                ref.value(),
                row.id(),
                number,
                ref.purchaseKey().toString(),
                ref.orderNumber(),
                account.name(),
                row.fence() + 1,
                "SENDING",
                request,
                null,
                Instant.EPOCH,
                null);
    }
}
