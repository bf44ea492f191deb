package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.dispatch.Purchase.Unsent;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.OrderRow;
import io.waybill.text.Words;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of a purchase whose intent is on disk: one POST, and T2, which writes what came of it. No transaction is open while the carrier
 * is asked.
 */
final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    private static final byte[] NO_ANSWER = {};

    private final Recording recording;
    private final Insisting insisting;
    private final Duration sendWithin;
    private final Outside outside;

    /** @param sendWithin a purchase not sent this long after its claim goes back untouched */
    Sending(Recording recording, Insisting insisting, Duration sendWithin, Outside outside) {
        this.recording = recording;
        this.insisting = insisting;
        this.sendWithin = sendWithin;
        this.outside = outside;
    }

    /** @param claimed when, by {@link Outside#nanos} */
    void send(Account account, Unsent unsent, long claimed, Turn turn) {
        AttemptRow attempt = unsent.intent().attempt();
        if (outside.nanos() - claimed > sendWithin.toNanos()) {
            Outcome.NotSent late = new Outcome.NotSent("too late to send", Optional.empty(), NO_ANSWER);
            insisting.write(attempt, late, () -> tooLate(account, attempt, late));
            return;
        }
        Failpoint.BEFORE_SEND.here();
        Outcome outcome = turn.told(post(account, unsent.prepared()));
        Failpoint.BEFORE_T2.here();
        insisting.write(attempt, outcome, () -> record(account, unsent.intent().order(), attempt, outcome));
    }

    /** The hub stops: from now on each answer, of whatever account, is written once, and if that fails left to recovery. */
    void stopInsisting() {
        insisting.stop();
    }

    /** An adapter that breaks may have sent its request before it broke. */
    private static Outcome post(Account account, Prepared prepared) {
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
                    Duration wait = unsent.retryAfter().orElse(Duration.ZERO).plus(outside.jitter(attempt.attempt()));
                    recording.unsold().notTaken(attempt, unsent, wait, once);
                    return true;
                },
                unknown -> {
                    LOG.warn("{} may have sold {}: {}", account.name(), attempt.ref(), unknown.why());
                    recording.unsettled().unknown(attempt, fence, unknown.why(), account.settle(), unknown.response());
                    return true;
                });
    }

    /** What was sent by nobody else is ready again, whoever took it over; else it is theirs, and so is what was answered. */
    private void tooLate(Account account, AttemptRow attempt, Outcome.NotSent late) {
        if (isSentOnce(account)) {
            recording.unsold().notTaken(attempt, late, Duration.ZERO, true);
        } else {
            recording.unsold().notSent(attempt, late.why());
        }
    }

    /** What is not may have been sent again by whoever took it over. */
    private static boolean isSentOnce(Account account) {
        return account.carrier().idempotency() != IdempotencyClass.A;
    }
}
