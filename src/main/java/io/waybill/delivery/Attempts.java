package io.waybill.delivery;

import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a sink one event at a time, and remembers whether it took the last. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final SinkSettings settings;
    private final Sink sink;
    private final Outcomes outcomes;
    private final Waking waking = new Waking();
    private volatile boolean isRefused;

    Attempts(SinkSettings settings, Sink sink, Outcomes outcomes) {
        this.settings = settings;
        this.sink = sink;
        this.outcomes = outcomes;
    }

    /** Whether the sink did not take the last event. */
    boolean isRefused() {
        return isRefused;
    }

    void attempt(Claim claim, Receipts receipts) {
        long start = System.nanoTime();
        try (Step step = Traces.call("deliver", claim.entityId())) {
            step.with("sink", claim.sink()).with("event", claim.id()).with("type", claim.type());
            try {
                sink.deliver(new Event(claim.id(), claim.type(), claim.namespace(), claim.subject(), claim.payload()));
            } catch (Throwable e) {
                step.failed();
                calm();
                isRefused = true;
                waking.refused(e);
                outcomes.failed(claim, settings.backOff(), e);
                return;
            }
        }
        calm();
        isRefused = false;
        Failpoint.RECEIVER_TOOK.here();
        receipts.taken(claim, System.nanoTime() - start);
        if (waking.taken(claim.lastError() != null)) {
            wake();
        }
    }

    /** What cannot be woken goes when it is due. */
    private void wake() {
        try {
            waking.woke(outcomes.wake(settings.name(), Waking.EACH));
        } catch (RuntimeException e) {
            LOG.debug("sink {}: what waits for it cannot be woken: {}", settings.name(), Outcomes.words(e));
        }
    }

    /** A sink must not leave its interrupt behind: the embedded database would close its file on it. */
    private void calm() {
        if (Thread.interrupted()) {
            LOG.warn("sink {}: was interrupted while delivering", settings.name());
        }
    }
}
