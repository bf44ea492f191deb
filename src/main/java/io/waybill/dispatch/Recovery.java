package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles purchases whose outcome is not known: every ref of the shipment is looked up before anything else, the newest
 * first, so that of two labels the one its order asks for now is kept. What happens when nothing is found depends on the
 * carrier's idempotency class.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final int BATCH = 20;

    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration WITHOUT_ACCOUNT = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Recording recording;
    private final DispatchSettings settings;
    private final String node;
    private final Consumer<String> done;
    private final LookUps lookUps;

    Recovery(
            Ledger ledger,
            Accounts accounts,
            Recording recording,
            LookUps lookUps,
            DispatchSettings settings,
            String node,
            Consumer<String> done) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.recording = recording;
        this.lookUps = lookUps;
        this.settings = settings;
        this.node = node;
        this.done = done;
    }

    /** One account's, so that a carrier that hangs holds up the look-ups of no other. */
    boolean settleOpenPurchases(String account) {
        return settle(ledger.read(tx -> tx.purchases().unsettled(account, BATCH)));
    }

    /** Those of accounts that are gone from the settings: a person is asked at once. A node that has the account looks up long before. */
    boolean settleWithoutAccount() {
        List<String> known = accounts.all().stream().map(Account::name).toList();
        return settle(ledger.read(tx -> {
            Instant before = tx.now().minus(Stranded.GRACE);
            return tx.purchases().unsettledElsewhere(known, before, BATCH);
        }));
    }

    private boolean settle(List<ShipmentRow> rows) {
        rows.forEach(this::takeOver);
        return rows.size() >= BATCH;
    }

    private void takeOver(ShipmentRow row) {
        Beginnings begun = Beginnings.of(row);
        if (!ledger.commit(tx -> tx.purchases().takeOver(row, node, settings.lease(), begun.kept(row)))) {
            return;
        }
        ShipmentRow mine =
                ledger.read(tx -> tx.shipments().find(row.id(), Namespaces.ALL)).orElseThrow();
        List<AttemptRow> attempts = ledger.read(tx -> tx.attempts().newestFirst(row.id()));
        AttemptRow open = ledger.read(tx -> tx.attempts().inDoubt(row.id())).orElseThrow();
        if (begun.areTooMany()) {
            recording.unsettled().review(open, mine.fence(), begun.problem(open.account(), open.ref()));
            done.accept(row.orderUid());
            return;
        }
        Optional<Account> account = accounts.find(open.account());
        if (account.isEmpty()) {
            String why = "the account " + open.account() + " is no longer configured";
            recording.unsettled().askPerson(open, mine.fence(), why);
            recording.unsettled().stillUnknown(open, mine.fence(), why, longer(WITHOUT_ACCOUNT, mine, open));
            return;
        }
        Optional<String> elsewhere = Shipments.elsewhere(account.get(), mine);
        if (elsewhere.isPresent()) {
            later(open, mine, elsewhere.get(), longer(WITHOUT_ACCOUNT, mine, open));
            return;
        }
        try (Step step = Traces.call("look up", row.orderUid()).with("account", open.account())) {
            lookUp(account.get(), mine, attempts, open);
        } catch (RuntimeException e) {
            LOG.error("the look-up of {} broke", open.ref(), e);
            later(open, mine, "the look-up broke: " + e, longer(account.get().settle(), mine, open));
        }
        done.accept(row.orderUid());
    }

    /**
     * An earlier sale is the label only when no later one can be: while one of those gets no answer, nothing is decided.
     *
     * @param open the attempt whose outcome is not known; the last, but where an earlier one turned out not to be sold after all
     */
    private void lookUp(Account account, ShipmentRow row, List<AttemptRow> attempts, AttemptRow open) {
        boolean impossible = false;
        boolean sold = false;
        Optional<String> silence = Optional.empty();
        Optional<String> untold = Optional.empty();
        for (AttemptRow attempt : attempts) {
            Found found = lookUps.find(attempt);
            if (found instanceof Found.Sold sale && silence.isEmpty()) {
                LOG.info("found {}: it was sold", attempt.ref());
                Failpoint.IN_RECOVERY.here();
                Account seller = accounts.find(attempt.account()).orElse(account);
                recording.bought(seller, attempt, row.fence(), LookUps.withLabel(seller, row, sale.bought()));
                sold = true;
            } else if (found instanceof Found.Unreachable unreachable) {
                silence = Optional.of(unreachable.why());
            } else if (found instanceof Found.Untold sale) {
                untold = Optional.of(sale.why());
                auditSeveral(row, sale);
            } else if (found instanceof Found.Impossible) {
                impossible = true;
            }
        }
        if (!sold && silence.isPresent()) {
            later(open, row, silence.get(), longer(account.settle(), row, open));
        } else if (!sold) {
            notFound(account, row, open, attempts.get(0), impossible, untold);
        }
    }

    /** A person decides which is the shipment's label; what stands beside that one is given back afterwards. */
    private void auditSeveral(ShipmentRow row, Found.Untold sale) {
        if (!sale.several().isEmpty()) {
            ledger.commitAll(tx -> tx.sweep().schedule(row, tx.now()));
        }
    }

    private void notFound(
            Account account,
            ShipmentRow row,
            AttemptRow open,
            AttemptRow last,
            boolean impossible,
            Optional<String> untold) {
        IdempotencyClass kind = account.carrier().idempotency();
        Duration early = untilBelievable(account, last);
        if (kind == IdempotencyClass.A && open.ref().equals(last.ref())) {
            sendAgain(account, row, last, untold);
        } else if (untold.isPresent()) {
            recording.unsettled().review(open, row.fence(), untold.get());
        } else if (kind == IdempotencyClass.B && !impossible && !early.isNegative() && !early.isZero()) {
            recording.unsettled().stillUnknown(open, row.fence(), "looked up too early to believe it", early);
        } else if (kind == IdempotencyClass.B && !impossible && (account.lookUpProven() || account.isBilledOnScan())) {
            recording.unsold().notSent(open, row.fence(), "looked up and not found", Duration.ZERO, new byte[0]);
        } else {
            String why = impossible ? "this carrier has no look-up" : "looked up and not found";
            recording.unsettled().review(open, row.fence(), why);
        }
    }

    /** A restart ends leases early; what a look-up does not find then may still be on its way. */
    private Duration untilBelievable(Account account, AttemptRow last) {
        return Duration.between(ledger.read(tx -> tx.now()), last.createdAt().plus(account.settle()));
    }

    /**
     * The same key and bytes: a class A carrier answers with the label it sold, or sells it now, once. Where it said before that it
     * sold one, its no is about the request, whose day may be over, and undoes no sale: a person decides.
     */
    private void sendAgain(Account account, ShipmentRow row, AttemptRow last, Optional<String> untold) {
        Optional<String> off = ledger.read(tx -> off(tx, account, row));
        if (off.isPresent()) {
            later(last, row, off.get() + ", so the request is not sent again", longer(account.settle(), row, last));
            return;
        }
        Outcome outcome = account.carrier().buy(new Prepared(Refs.of(last), last.requestBytes()));
        if (outcome instanceof Outcome.Bought sale) {
            recording.bought(account, last, row.fence(), sale);
        } else if (outcome instanceof Outcome.Refused no && untold.isPresent()) {
            recording
                    .unsettled()
                    .review(last, row.fence(), untold.get() + "; the same request is answered: " + no.words());
        } else if (outcome instanceof Outcome.Refused no) {
            recording.unsold().refused(last, row.fence(), no);
        } else if (outcome instanceof Outcome.NotSent unsent) {
            later(last, row, unsent.why(), longest(unsent.retryAfter(), longer(account.settle(), row, last)));
        } else if (outcome instanceof Outcome.Unknown unknown) {
            later(last, row, unknown.why(), longer(account.settle(), row, last));
        }
    }

    /** What somebody switched off, so that nothing may be bought. */
    private static Optional<String> off(Tx tx, Account account, ShipmentRow row) {
        if (tx.stops().isStopped(account.name())) {
            return Optional.of("the account is off");
        }
        return tx.orders()
                .find(row.orderUid(), Namespaces.ALL)
                .map(OrderRow::namespace)
                .filter(tx.rollout().off(Stage.LABELS)::contains)
                .map(namespace -> "the labels of " + namespace + " are switched off");
    }

    private void later(AttemptRow attempt, ShipmentRow row, String why, Duration wait) {
        if (row.lookups() >= settings.lookUps()) {
            recording.unsettled().askPerson(attempt, row.fence(), why);
        }
        recording.unsettled().stillUnknown(attempt, row.fence(), why, wait);
    }

    /**
     * Twice as long after each look-up that told nothing; but no longer than the purchase has been open, for a hub that is started
     * again and again looks up each time at once, and at most a quarter of an hour.
     *
     * @param least the first wait
     */
    private Duration longer(Duration least, ShipmentRow row, AttemptRow attempt) {
        int doublings = Math.min(Math.max(row.lookups() - 1, 0), MOST_DOUBLINGS);
        Duration open = Duration.between(attempt.createdAt(), ledger.<Instant>read(Tx::now));
        Duration most = open.compareTo(LONGEST_WAIT) < 0 ? open : LONGEST_WAIT;
        Duration doubled = least.multipliedBy(1L << doublings);
        return longest(Optional.of(least), doubled.compareTo(most) < 0 ? doubled : most);
    }

    private static Duration longest(Optional<Duration> asked, Duration own) {
        return asked.filter(wait -> wait.compareTo(own) > 0).orElse(own);
    }
}
