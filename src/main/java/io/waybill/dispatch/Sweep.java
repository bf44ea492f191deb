package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The audit: every ref of a shipment that was tried more than once, or whose label a person named, is looked up after a while. A
 * live label that is not the chosen one becomes an orphan, or the answer nobody had.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int BATCH = 20;
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);
    private static final Duration NO_ANSWER = Duration.ofMinutes(10);
    private static final Duration NOBODY_TO_ASK = Duration.ofDays(1);

    private final Ledger ledger;
    private final Accounts accounts;
    private final LookUps lookUps;
    private final Recording recording;

    Sweep(Ledger ledger, Accounts accounts, LookUps lookUps, Recording recording) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.lookUps = lookUps;
        this.recording = recording;
    }

    boolean auditThoseDue(Account account) {
        List<ShipmentRow> rows = ledger.read(tx -> tx.sweep().due(account.name(), BATCH));
        rows.forEach(row -> auditWhenDue(account.aftercare(), row));
        return rows.size() == BATCH;
    }

    /** Those that have no account now, because one is to be chosen again or none ever will. */
    boolean auditWithoutAccount() {
        List<ShipmentRow> rows = ledger.read(tx -> tx.sweep().dueWithoutAccount(BATCH));
        rows.forEach(row -> auditWhenDue(care(row), row));
        return rows.size() == BATCH;
    }

    /** Where it was tried last. */
    private Aftercare care(ShipmentRow row) {
        return ledger.read(tx -> tx.attempts().last(row.id()))
                .flatMap(attempt -> accounts.find(attempt.account()))
                .map(Account::aftercare)
                .orElse(Aftercare.DEFAULT);
    }

    /** Everything that is still to be audited, now, until {@code within} is over. */
    Audited auditAll(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        Audited all = Audited.NOTHING;
        String after = "";
        while (System.nanoTime() < deadline) {
            String last = after;
            List<ShipmentRow> rows = ledger.read(tx -> tx.sweep().toCome(last, BATCH));
            if (rows.isEmpty()) {
                return all;
            }
            for (ShipmentRow row : rows) {
                all = all.plus(
                        isUnderWay(row) ? Audited.UNANSWERED : lookUp(row).audited());
                after = row.id();
            }
        }
        return all.unfinished();
    }

    private void auditWhenDue(Aftercare care, ShipmentRow row) {
        Instant now = ledger.read(tx -> tx.now());
        Instant tried = lastTry(row);
        Instant done = row.auditedAt() == null ? Instant.EPOCH : row.auditedAt();
        Optional<Instant> next = care.auditAfter(tried, done.isAfter(tried) ? done : tried);
        if (next.isPresent() && next.get().isAfter(now)) {
            ledger.commitAll(tx -> tx.sweep().schedule(row, next.get()));
        } else if (next.isPresent() && isUnderWay(row)) {
            ledger.commitAll(tx -> tx.sweep().schedule(row, now.plus(UNDER_WAY)));
        } else {
            Optional<Duration> again = next.isPresent() ? lookUp(row).again() : Optional.empty();
            Instant then = care.auditAfter(tried, now).orElse(null);
            ledger.commitAll(tx -> again.map(now::plus)
                    .ifPresentOrElse(
                            time -> tx.sweep().schedule(row, then != null && then.isBefore(time) ? then : time),
                            () -> tx.sweep().audited(row, then)));
        }
    }

    /** Its recovery looks every ref up anyway. */
    private static boolean isUnderWay(ShipmentRow row) {
        return row.state() == ShipmentState.BUYING || row.state() == ShipmentState.UNKNOWN;
    }

    private Instant lastTry(ShipmentRow row) {
        return ledger.read(tx -> tx.attempts().last(row.id()))
                .map(AttemptRow::createdAt)
                .orElse(row.createdAt());
    }

    /**
     * @param silent when a carrier that can be asked did not answer
     * @param gone when one that the settings have no more could not be asked
     */
    private record Looked(int found, boolean silent, boolean gone) {
        Audited audited() {
            return new Audited(1, found, silent || gone ? 1 : 0, true);
        }

        /** Empty where all is answered. */
        Optional<Duration> again() {
            return silent ? Optional.of(NO_ANSWER) : gone ? Optional.of(NOBODY_TO_ASK) : Optional.empty();
        }
    }

    private Looked lookUp(ShipmentRow row) {
        int found = 0;
        boolean silent = false;
        boolean gone = false;
        for (AttemptRow attempt : ledger.read(tx -> tx.attempts().newestFirst(row.id()))) {
            try {
                Found answer = lookUps.find(attempt);
                List<Outcome.Bought> sold = answer instanceof Found.Sold one
                        ? alone(row, attempt, one.bought())
                        : beside(row, attempt, answer);
                boolean nobody = answer instanceof Found.Unreachable && lookUps.isGone(attempt);
                gone |= nobody;
                silent |= (!nobody && answer instanceof Found.Unreachable)
                        || (sold.isEmpty() && (answer instanceof Found.Sold || isUntold(attempt, answer)));
                // a later sale would be the label
                boolean tooEarly = (silent || gone) && row.state() == ShipmentState.REVIEW;
                for (Outcome.Bought sale : tooEarly ? List.<Outcome.Bought>of() : sold) {
                    found += isNews(row, attempt, sale) ? 1 : 0;
                }
            } catch (RuntimeException e) {
                LOG.atLevel(LedgerFailure.telling(e, Level.ERROR))
                        .setCause(e)
                        .log("the audit of {} broke", attempt.ref());
                silent = true;
            }
        }
        return new Looked(found, silent, gone);
    }

    /**
     * While the label of the shipment is still to come, one told alone under the request that sold it may be that label, which a person
     * named by another of its numbers: it is nothing of surplus before the label is here, or is given up.
     */
    private List<Outcome.Bought> alone(ShipmentRow row, AttemptRow attempt, Outcome.Bought sale) {
        return ledger.read(tx -> {
            ShipmentRow now = tx.shipments().find(row.id(), Namespaces.ALL).orElseThrow();
            boolean isToCome =
                    now.state() == ShipmentState.BOUGHT && attempt.state().equals("BOUGHT");
            return isToCome && !NewOrphan.isItsOwn(tx, now, attempt, sale) ? List.of() : List.of(sale);
        });
    }

    /**
     * Of several under one reference all, once it is decided which of them is the shipment's own or that none is. One request sold
     * more than once has as many parcels each time: what has not is not understood, and nothing is taken for surplus.
     */
    private List<Outcome.Bought> beside(ShipmentRow row, AttemptRow attempt, Found answer) {
        List<Outcome.Bought> several = answer instanceof Found.Untold untold ? untold.several() : List.of();
        boolean areAlike =
                several.stream().map(sale -> sale.numbers().size()).distinct().count() == 1;
        if (several.isEmpty() || (areAlike && ledger.read(tx -> isDecided(tx, row, attempt, several)))) {
            return several;
        }
        LOG.warn("the audit found several labels under {} and leaves them to a person", attempt.ref());
        return List.of();
    }

    private static boolean isDecided(Tx tx, ShipmentRow row, AttemptRow attempt, List<Outcome.Bought> several) {
        ShipmentRow now = tx.shipments().find(row.id(), Namespaces.ALL).orElseThrow();
        return now.state() != ShipmentState.REVIEW
                && (!attempt.state().equals("BOUGHT")
                        || several.stream().anyMatch(sale -> NewOrphan.isItsOwn(tx, now, attempt, sale)));
    }

    /** A label beside the shipment's own, of which nothing is told yet. Where attempts share a key, it is the shipment's own. */
    private boolean isUntold(AttemptRow attempt, Found answer) {
        boolean ownRef = accounts.find(attempt.account())
                .filter(account -> account.carrier().idempotency() == IdempotencyClass.B)
                .isPresent();
        return answer instanceof Found.Untold && ownRef && !attempt.state().equals("BOUGHT");
    }

    /** Neither the label of the shipment or of another one, nor a known orphan. */
    private boolean isNews(ShipmentRow row, AttemptRow attempt, Outcome.Bought sold) {
        String number = sold.id().value();
        boolean known = ledger.read(tx -> NewOrphan.isItsOwn(tx, row, attempt, sold)
                || isAnothers(tx, row, attempt, sold)
                || tx.orphans().stateOf(attempt.account(), number) != null);
        if (known) {
            return false;
        }
        LOG.warn("the audit found {}, bought as {} and not known", number, attempt.ref());
        Account seller = accounts.find(attempt.account()).orElseThrow();
        recording.bought(seller, attempt, row.fence(), LookUps.withLabel(seller, row, sold));
        return true;
    }

    /** A carrier that finds by less than the whole reference may tell the label of a shipment beside. */
    private static boolean isAnothers(Tx tx, ShipmentRow row, AttemptRow attempt, Outcome.Bought sold) {
        return Stream.concat(
                        tx.numbers().sold(attempt.account(), sold.id().value()).stream(),
                        sold.numbers().stream().flatMap(number -> tx.numbers().shipments(number.value()).stream()))
                .anyMatch(owner -> !owner.equals(row.id()));
    }
}
