package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Found;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.text.Words;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles purchases whose outcome is not known: every ref of the shipment is looked up before anything else, the newest
 * first, so that of two labels the one its order asks for now is kept. Where nothing is found {@link ClassRules} decide.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final int BATCH = 20;

    private static final Duration WITHOUT_ACCOUNT = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Recording recording;
    private final DispatchSettings settings;
    private final String node;
    private final Consumer<String> done;
    private final LookUps lookUps;
    private final NextLook next;
    private final ClassRules rules;

    /** Shipments whose last look-up here came to nothing as the database was away or had no room: it did not end this hub. */
    private final Set<String> outlived = ConcurrentHashMap.newKeySet();

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
        this.next = new NextLook(ledger, recording.unsettled(), settings.lookUps());
        this.rules = new ClassRules(
                ledger, recording, next, new ForgottenSales(accounts, recording.unsold(), settings.poll()));
    }

    /** One account's, so that a carrier that hangs holds up the look-ups of no other. */
    boolean settleOpenPurchases(String account) {
        return settle(ledger.read(tx -> tx.due().unsettled(account, BATCH)));
    }

    /** Those of accounts that are gone from the settings: a person is asked at once. A node that has the account looks up long before. */
    boolean settleWithoutAccount() {
        List<String> known = accounts.all().stream().map(Account::name).toList();
        return settle(ledger.read(tx -> {
            Instant before = tx.now().minus(Stranded.GRACE);
            return tx.due().unsettledElsewhere(known, before, BATCH);
        }));
    }

    private boolean settle(List<ShipmentRow> rows) {
        rows.forEach(this::takeOver);
        return rows.size() >= BATCH;
    }

    private void takeOver(ShipmentRow row) {
        Beginnings begun = Beginnings.of(row, outlived.contains(row.id()));
        if (!ledger.commit(tx -> tx.purchases().takeOver(row, node, settings.lease(), begun.kept(row)))) {
            return;
        }
        outlived.remove(row.id());
        try {
            settle(row, begun);
        } catch (RuntimeException e) {
            if (LedgerFailure.isAway(e)) {
                outlived.add(row.id());
            }
            throw e;
        }
    }

    private void settle(ShipmentRow row, Beginnings begun) {
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
            recording.unsettled().stillUnknown(open, mine.fence(), why, next.longer(WITHOUT_ACCOUNT, mine, open));
            return;
        }
        Optional<String> elsewhere = Shipments.elsewhere(account.get(), open);
        if (elsewhere.isPresent()) {
            next.later(open, mine, elsewhere.get(), WITHOUT_ACCOUNT);
            return;
        }
        try (Step step = Traces.call("look up", row.orderUid()).with("account", open.account())) {
            lookUp(account.get(), mine, attempts, open);
        } catch (RuntimeException e) {
            next.later(open, mine, told(open, e), account.get().settle());
        }
        done.accept(row.orderUid());
    }

    private static String told(AttemptRow open, RuntimeException e) {
        if (LedgerFailure.isAway(e)) {
            LOG.debug("what the look-up of {} found could not be written down", open.ref(), e);
            return "what the look-up found could not be written down: " + Words.of(e);
        }
        LOG.error("the look-up of {} broke", open.ref(), e);
        return "the look-up broke: " + e;
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
            next.later(open, row, silence.get(), account.settle());
        } else if (!sold) {
            rules.notFound(account, row, open, attempts.get(0), impossible, untold);
        }
    }

    /** A person decides which is the shipment's label; what stands beside that one is given back afterwards. */
    private void auditSeveral(ShipmentRow row, Found.Untold sale) {
        if (!sale.several().isEmpty()) {
            ledger.commitAll(tx -> tx.sweep().schedule(row, tx.now()));
        }
    }
}
