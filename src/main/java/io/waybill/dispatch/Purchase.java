package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Breaker;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.dispatch.Purchase.Unsent;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptBook.Buyer;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.problem.Problem;
import io.waybill.text.Words;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One purchase: what its carrier takes no more at once of is cut into pieces first; then prepare, T1 (the intent, durable), one POST, T2. No transaction is open while the carrier is asked, and
 * nothing leaves for the carrier before the intent is on disk.
 */
final class Purchase {
    private static final Logger LOG = LoggerFactory.getLogger(Purchase.class);
    private static final byte[] NO_ANSWER = {};
    private static final int TELL_AFTER = 3;
    private static final int LONGEST_WHY = 500;

    /** What is about to be bought, and the bytes it is bought with. */
    record Unsent(Intent intent, Prepared prepared) {}

    private final Intents intents;
    private final Recording recording;
    private final DispatchSettings settings;
    private final Tries tries;
    private final Outside outside;
    private final AfterRestore hold;
    private final Splitting splitting;
    private final Insisting insisting;

    Purchase(
            Intents intents,
            Recording recording,
            DispatchSettings settings,
            AfterRestore hold,
            Splitting splitting,
            Insisting insisting,
            Outside outside) {
        this.hold = hold;
        this.splitting = splitting;
        this.insisting = insisting;
        this.intents = intents;
        this.recording = recording;
        this.settings = settings;
        this.tries = new Tries(settings.poll());
        this.outside = outside;
    }

    /**
     * @param order as it was read after {@code row}: changed since, the row's fence has risen and the claim loses
     * @param pass told the outcome, or given back when the carrier was not asked
     */
    void buy(Account account, OrderRow order, ShipmentRow row, Breaker.Pass pass) {
        try (Step step = Traces.call("buy", order.id()).with("account", account.name())) {
            Asked asked = new Asked(pass, step);
            try {
                buy(account, order, row, asked);
            } finally {
                asked.giveBackUnused();
            }
        }
    }

    private void buy(Account account, OrderRow order, ShipmentRow row, Asked asked) {
        Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), row.attempts() + 1);
        Shipment shipment = Shipments.of(order, row);
        Buyer buyer =
                new Buyer(order.source(), order.namespace(), shipment.parcels().size());
        if (Splitting.isNeeded(account, shipment)) {
            if (!hold.settlesWhole(account, order, row, buyer)) {
                splitting.split(account, row, shipment);
            }
            return;
        }
        Prepared prepared;
        try {
            prepared = account.carrier().prepare(shipment, ref);
        } catch (RefusedException e) {
            recording.unsold().cannotPrepare(row, e.problem(account.name()));
            return;
        } catch (RuntimeException | Error e) { // too little memory for one is no reason to begin it anew at once
            broke(account, order, row, e);
            return;
        }
        tries.succeeded(row.id());
        if (hold.settles(account, order, row, prepared, buyer)) {
            return;
        }
        AttemptRow attempt = intent(account, row, ref, prepared);
        OptionalLong claimed = intents.commit(new Intent(order, row, attempt, buyer));
        if (claimed.isPresent()) {
            send(account, order, attempt, prepared, claimed.getAsLong(), asked);
            intents.settled(attempt);
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
        Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), row.attempts() + 1);
        Buyer buyer =
                new Buyer(order.source(), order.namespace(), shipment.parcels().size());
        try {
            Prepared prepared = account.carrier().prepare(shipment, ref);
            return Optional.of(
                    new Unsent(new Intent(order, row, intent(account, row, ref, prepared), buyer), prepared));
        } catch (RuntimeException | Error e) {
            return Optional.empty(); // told when its turn comes
        }
    }

    /** Its intent is on disk with its order. */
    void send(Account account, Unsent unsent, long claimed, Breaker.Pass pass) {
        OrderRow order = unsent.intent().order();
        try (Step step = Traces.call("buy", order.id()).with("account", account.name())) {
            Asked asked = new Asked(pass, step);
            try {
                send(account, order, unsent.intent().attempt(), unsent.prepared(), claimed, asked);
            } finally {
                asked.giveBackUnused();
            }
        }
    }

    Intents intents() {
        return intents;
    }

    /** Nothing was sent. It makes room for the others and is tried again, ever more rarely; soon a person is told. */
    private void broke(Account account, OrderRow order, ShipmentRow row, Throwable e) {
        int times = tries.broke(row.id());
        LOG.error("the adapter of {} could not prepare {}, try {}", account.name(), row.id(), times, e);
        Problem problem = Problem.of(
                DispatchCode.PURCHASE_FAILED, "account", account.name(), "orderId", order.orderId(), "why", why(e));
        recording.unsold().notPrepared(row, tries.waitAfter(times), problem, times >= TELL_AFTER);
    }

    private static String why(Throwable e) {
        String text = Words.of(e);
        return text.substring(0, Math.min(text.length(), LONGEST_WHY));
    }

    private void send(
            Account account, OrderRow order, AttemptRow attempt, Prepared prepared, long claimed, Asked asked) {
        if (outside.nanos() - claimed > settings.sendWithin().toNanos()) {
            Outcome.NotSent late = new Outcome.NotSent("too late to send", Optional.empty(), NO_ANSWER);
            insisting.write(attempt, late, () -> tooLate(account, attempt, late));
            return;
        }
        Failpoint.BEFORE_SEND.here();
        Outcome outcome = asked.told(ask(account, prepared));
        Failpoint.BEFORE_T2.here();
        insisting.write(attempt, outcome, () -> record(account, order, attempt, outcome));
    }

    /** What was sent by nobody else is ready again, whoever took it over; else it is theirs, and so is what was answered. */
    private void tooLate(Account account, AttemptRow attempt, Outcome.NotSent late) {
        if (isSentOnce(account)) {
            recording.unsold().notTaken(attempt, late, Duration.ZERO, true);
        } else {
            recording.unsold().notSent(attempt, attempt.fence(), late.why(), Duration.ZERO, NO_ANSWER);
        }
    }

    /** The hub stops: from now on each answer, of whatever account, is written once, and if that fails left to recovery. */
    void stopInsisting() {
        insisting.stop();
    }

    /** An adapter that breaks may have sent its request before it broke. */
    private static Outcome ask(Account account, Prepared prepared) {
        try {
            return account.carrier().buy(prepared);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "the adapter of {} broke on {}",
                    account.name(),
                    prepared.ref().value(),
                    e);
            return new Outcome.Unknown("the adapter broke: " + Words.of(e), NO_ANSWER);
        }
    }

    private void record(Account account, OrderRow order, AttemptRow attempt, Outcome outcome) {
        long fence = attempt.fence();
        boolean once = isSentOnce(account);
        outcome.fold(
                sale -> {
                    recording.bought(account, order, attempt, sale);
                    return true;
                },
                no -> {
                    recording.unsold().refused(attempt, fence, no, once);
                    return true;
                },
                unsent -> {
                    LOG.info("{} did not take {}: {}", account.name(), attempt.ref(), unsent.why());
                    Duration wait = unsent.retryAfter().orElse(Duration.ZERO).plus(jitter(attempt.attempt()));
                    recording.unsold().notTaken(attempt, unsent, wait, once);
                    return true;
                },
                unknown -> {
                    LOG.warn("{} may have sold {}: {}", account.name(), attempt.ref(), unknown.why());
                    recording.unsettled().unknown(attempt, fence, unknown.why(), account.settle(), unknown.response());
                    return true;
                });
    }

    /** What is not may have been sent again by whoever took it over. */
    private static boolean isSentOnce(Account account) {
        return account.carrier().idempotency() != IdempotencyClass.A;
    }

    /** Full jitter, after what the carrier asked for: below 1 s, 2 s, 4 s … 60 s. */
    Duration jitter(int attempt) {
        long ceiling = Math.min(60_000, 1_000L << Math.min(attempt - 1, 6));
        return Duration.ofMillis(outside.between(100, ceiling));
    }

    private static AttemptRow intent(Account account, ShipmentRow row, Ref ref, Prepared prepared) {
        return new AttemptRow(
                ref.value(),
                row.id(),
                row.attempts() + 1,
                ref.purchaseKey().toString(),
                ref.orderNumber(),
                account.name(),
                row.fence() + 1,
                "SENDING",
                prepared.bytes(),
                null,
                Instant.EPOCH,
                null);
    }
}
