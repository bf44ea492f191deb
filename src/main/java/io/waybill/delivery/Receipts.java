package io.waybill.delivery;

import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sink has taken and the ledger does not know yet. A quick sink's receipts are recorded together, a slow one's each at
 * once: never is more sent again after a kill than a quick sink takes in a moment.
 */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    private static final Duration QUICK = Duration.ofMillis(20);

    private final String sink;
    private final Outcomes outcomes;
    private final List<Claim> taken = new ArrayList<>();

    Receipts(String sink, Outcomes outcomes) {
        this.sink = sink;
        this.outcomes = outcomes;
    }

    void taken(Claim claim, long nanos) {
        if (claim.lastError() != null) {
            outcomes.sentAtLast(claim);
            return;
        }
        keep(claim);
        if (nanos > QUICK.toNanos()) {
            record();
        }
    }

    private synchronized void keep(Claim claim) {
        taken.add(claim);
    }

    synchronized int size() {
        return taken.size();
    }

    /** For whom it is to record them now. */
    synchronized List<Claim> leave() {
        List<Claim> all = List.copyOf(taken);
        taken.clear();
        return all;
    }

    /** What cannot be recorded is left to its lease, and sent again. */
    void record() {
        List<Claim> all = leave();
        if (all.isEmpty()) {
            return;
        }
        try {
            outcomes.sent(all);
        } catch (RuntimeException e) {
            LOG.warn("sink {}: {} deliveries cannot be recorded: {}", sink, all.size(), Outcomes.words(e));
        }
    }
}
