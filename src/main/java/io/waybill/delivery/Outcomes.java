package io.waybill.delivery;

import io.waybill.ledger.CutShort;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.settings.Veiled;
import io.waybill.text.OnceAnHour;
import io.waybill.text.Shortened;
import io.waybill.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Records how each delivery ended. One that fails for the last time is parked and opens the exception {@code
 * delivery-parked}; its later success closes it, or that a person discards it.
 *
 * @param troubles why a sink takes nothing, told once and not of each event that waits for it, until it takes one again
 */
record Outcomes(Ledger ledger, String owner, OnceAnHour troubles) {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final int ERROR_LENGTH = 1000;
    private static final String ERASED = "erased";

    Outcomes(Ledger ledger, String owner) {
        this(ledger, owner, new OnceAnHour(System::nanoTime));
    }

    /** Need not be on disk at once: what is forgotten is sent again under its id. */
    void sent(List<Claim> claims) {
        claims.forEach(claim -> troubles.over(claim.sink()));
        ledger.commitSoon(tx -> {
            tx.outbox().sent(claims, owner);
            return claims.size();
        });
    }

    /** One that had failed before: a person may have been told. */
    void sentAtLast(Claim claim) {
        troubles.over(claim.sink());
        ledger.commitAll(tx -> {
            if (tx.outbox().sent(claim, owner)) {
                tx.exceptions().closeBy(Fact.SENT, claim.id());
            }
        });
    }

    /** @return how many that wait after a failure are due at once */
    int wake(String sink, int most) {
        return ledger.commitSoon(tx -> tx.outbox().wake(sink, BackOff.WAKEABLE, most));
    }

    /** A receiver may quote a recipient: nothing that a sink says of what was forgotten since is told, neither to the log nor in what is kept. */
    void failed(Claim claim, BackOff backOff, Throwable why) {
        Optional<Duration> wait = backOff.after(claim.attempts()).map(own -> longer(own, why));
        boolean isForgotten = ledger.commit(tx -> {
            boolean forgotten = tx.outbox().isForgottenSince(claim.id(), claim.payload());
            failed(tx, claim, wait, forgotten ? ERASED : words(why));
            return forgotten;
        });
        log(claim, wait, isForgotten ? ERASED : line(Words.toLog(why)));
    }

    private void log(Claim claim, Optional<Duration> wait, String told) {
        boolean isNews = troubles.isNews(claim.sink(), told.replace(claim.id(), "")) || wait.isEmpty();
        LOG.atLevel(isNews ? Level.WARN : Level.DEBUG)
                .log(
                        "sink {}: {} {} was not taken, attempt {}, {}: {}",
                        claim.sink(),
                        claim.type(),
                        claim.id(),
                        claim.attempts(),
                        wait.map(left -> "next in " + left.toSeconds() + " s").orElse("parked"),
                        told);
    }

    private void failed(Tx tx, Claim claim, Optional<Duration> wait, String words) {
        wait.ifPresentOrElse(
                left -> tx.outbox().backOff(claim, owner, left, words),
                () -> park(
                        tx,
                        claim,
                        words,
                        problem(DeliveryCode.DELIVERY_PARKED, claim)
                                .with("attempts", claim.attempts())
                                .with("why", words)));
    }

    /**
     * One that a hub had when it ended is begun by itself, with no other of its batch, and counted first.
     *
     * @param others given back
     * @return false when it is not to begin: it is parked, or no longer ours
     */
    boolean beginsAlone(Claim claim, List<Claim> others) {
        int times = CutShort.times(claim.lastError());
        boolean isEnough = times >= CutShort.MOST;
        boolean begins = ledger.commit(tx -> {
            others.forEach(other -> tx.outbox().release(other, owner));
            if (isEnough) {
                Problem endsHub = problem(DeliveryCode.DELIVERY_ENDS_HUB, claim).with("times", times);
                park(tx, claim, String.valueOf(claim.lastError()), endsHub);
            }
            return !isEnough && tx.outbox().beginAgain(claim, owner);
        });
        if (isEnough) {
            LOG.warn("sink {}: {} {} is parked: the hub ended each time", claim.sink(), claim.type(), claim.id());
        }
        return begins;
    }

    /** Never sooner than by our own count: else a receiver with short waits would see us give up within minutes. */
    private static Duration longer(Duration own, Throwable why) {
        return why instanceof NotBefore said && said.waiting().compareTo(own) > 0 ? said.waiting() : own;
    }

    void release(Claim claim) {
        release(List.of(claim), Duration.ZERO);
    }

    /** @param wait until they are due again */
    void release(List<Claim> claims, Duration wait) {
        ledger.commitAll(tx -> claims.forEach(claim -> tx.outbox().release(claim, owner, wait)));
    }

    /** What went wrong, on one line, short enough to keep. */
    static String words(Throwable why) {
        return line(Words.of(why));
    }

    private static String line(String words) {
        return Shortened.to(ERROR_LENGTH, Veiled.told(words).replaceAll("\\p{Cntrl}+", " "));
    }

    private static Problem problem(DeliveryCode code, Claim claim) {
        return Problem.of(
                code, "sink", claim.sink(), "type", claim.type(), "order", claim.subject(), "delivery", claim.id());
    }

    private void park(Tx tx, Claim claim, String words, Problem problem) {
        if (!tx.outbox().park(claim, owner, words)) {
            return;
        }
        tx.exceptions()
                .open(
                        Reason.DELIVERY_PARKED,
                        claim.id(),
                        claim.namespace(),
                        orderOf(tx, claim),
                        null,
                        claim.sink(),
                        Json.text(List.of(problem)));
    }

    /** Null for an event about an exception: its own exception is not announced, or each parked one would beget the next. */
    private static @Nullable OrderRow orderOf(Tx tx, Claim claim) {
        return claim.type().startsWith("exception.")
                ? null
                : tx.orders().find(claim.entityId(), Namespaces.ALL).orElse(null);
    }
}
