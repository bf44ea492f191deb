package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Splitting splitting;
    private final DispatchSettings settings;
    private final String node;
    private final Tries tries;
    private volatile Optional<Restored> restored;

    AfterRestore(
            Ledger ledger,
            Accounts accounts,
            Recording recording,
            Splitting splitting,
            DispatchSettings settings,
            String node) {
        this.splitting = splitting;
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
        Optional<Restored> restore = toLookUp(row);
        if (restore.isEmpty()) {
            return false;
        }
        return isTooEarly(restore.get(), account, row)
                || lookUp(new Asked(restore.get(), order, row, buyer), account, prepared);
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
        if (isTooEarly(restore.get(), account, row)) {
            return true;
        }
        Asked about = new Asked(restore.get(), order, row, buyer);
        Shipment whole = Shipments.of(order, row);
        List<Account> takers = whoMayHaveSold(account, order).stream()
                .filter(other -> !Splitting.isNeeded(other, whole))
                .toList();
        Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), row.attempts() + 1);
        return search(about, takers)
                .map(seen -> isAdopted(about, seen.sales(), new Prepared(ref, new byte[0])))
                .orElse(true);
    }

    private Optional<Restored> toLookUp(ShipmentRow row) {
        if (restored.isPresent() && ledger.read(tx -> tx.restores().open()).isEmpty()) {
            restored = Optional.empty(); // another node was told that all is well
        }
        return restored.filter(restore -> !ledger.read(tx -> tx.restores().isLookedUp(restore.id(), row.id())));
    }

    private boolean isTooEarly(Restored restore, Account account, ShipmentRow row) {
        Duration early = untilBelievable(restore, account);
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

    /** What was sent just before the store was lost may still take effect. */
    private Duration untilBelievable(Restored restore, Account account) {
        Instant now = ledger.read(Tx::now);
        return Duration.between(now, restore.restoredAt().plus(account.settle()));
    }

    private boolean lookUp(Asked about, Account account, Prepared prepared) {
        Optional<Seen> seen = search(about, whoMayHaveSold(account, about.order()));
        if (seen.isEmpty() || isAdopted(about, seen.get().sales(), prepared)) {
            return true;
        }
        if (account.carrier().idempotency() == IdempotencyClass.C
                || seen.get().blind().contains(account)) {
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

    /** What was sold, by the carrier's number, newest first; and who has no look-up. */
    private record Seen(Map<String, Sale> sales, Set<Account> blind) {}

    /** Empty when somebody could not be asked: it is put off. */
    private Optional<Seen> search(Asked about, List<Account> everybody) {
        OrderRow order = about.order();
        ShipmentRow row = about.row();
        Seen seen = new Seen(new LinkedHashMap<>(), new HashSet<>());
        for (Account asked : everybody) {
            for (int attempt = row.attempts() + REFS; attempt > row.attempts(); attempt--) {
                Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), attempt);
                Found found = find(asked, ref);
                if (found instanceof Found.Sold sold) {
                    seen.sales()
                            .merge(
                                    sold.bought().id().value(),
                                    new Sale(asked, ref, attempt, sold.bought()),
                                    AfterRestore::earlierOfOneAccount);
                } else if (found instanceof Found.Unreachable silent) {
                    later(asked, order, row, silent.why());
                    return Optional.empty();
                } else if (found instanceof Found.Impossible) {
                    seen.blind().add(asked);
                }
            }
        }
        return Optional.of(seen);
    }

    /** One sold by who sells such a shipment in pieces is its first piece: it is cut, and each piece looked up by itself. */
    private boolean isAdopted(Asked about, Map<String, Sale> sales, Prepared prepared) {
        if (sales.isEmpty()) {
            return false;
        }
        List<Sale> newestFirst = new ArrayList<>(sales.values());
        Account seller = newestFirst.get(0).account();
        Shipment shipment = Shipments.of(about.order(), about.row());
        if (Splitting.isNeeded(seller, shipment)) {
            splitting.split(seller, about.row(), shipment);
        } else {
            adopt(about, newestFirst, prepared);
        }
        return true;
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
