package io.waybill.dispatch;

import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.LedgerFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a carrier answered again and again until it is on disk, so that a database that is gone for a while costs no
 * answer. Between two tries nothing is held, nothing is sent, and recovery may settle the purchase: then this is a late answer
 * like any other. A hub that stops waits no longer.
 */
final class Insisting {
    private static final Logger LOG = LoggerFactory.getLogger(Insisting.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** A quarter of an hour at least, without the time each try takes. */
    private static final int TRIES = 95;

    /** Of what the database will not take. */
    private static final int FEW_TRIES = 3;

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @throws RuntimeException what the last try failed with; the purchase is left to recovery */
    void write(AttemptRow attempt, Outcome answer, Runnable t2) {
        for (int tries = 1; ; tries++) {
            try {
                t2.run();
                return;
            } catch (RuntimeException e) {
                if (tries == 1) {
                    LOG.warn(
                            "what {} answered to {} is written again: {}",
                            attempt.account(),
                            attempt.ref(),
                            e.toString());
                }
                if (tries >= (LedgerFailure.doesNotFit(e) ? FEW_TRIES : TRIES) || isStoppedAfter(waitAfter(tries))) {
                    LOG.error(
                            "what {} answered to {} is not written down and is left to recovery: {}",
                            attempt.account(),
                            attempt.ref(),
                            said(answer));
                    throw e;
                }
            }
        }
    }

    /** Nobody waits any more; a try that is under way ends. */
    void stop() {
        stopped.countDown();
    }

    private boolean isStoppedAfter(Duration wait) {
        try {
            return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Duration waitAfter(int tries) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(tries - 1, 4));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private static String said(Outcome answer) {
        return answer.fold(
                sale -> "sold as " + sale.id().value(),
                no -> "refused, " + no.code(),
                unsent -> "not sent",
                unknown -> "not known");
    }
}
