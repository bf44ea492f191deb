package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Duration;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a system is asked: every so often; after a refusal when it says, else twice as long as before. Who must put credentials
 * right is told at once, of a system that is away only when it stays away.
 */
final class PollConsumer extends ScheduledPollConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(PollConsumer.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Poll poll;
    private final Duration every;

    /** Only touched by the one thread that polls. */
    private int failures;

    private long notBefore = System.nanoTime();
    private long failing;
    private boolean heard;

    PollConsumer(Endpoint endpoint, Processor processor, Poll poll, Duration every) {
        super(endpoint, processor);
        this.poll = poll;
        this.every = every;
    }

    @Override
    protected int poll() throws Exception {
        if (System.nanoTime() - notBefore < 0) {
            return 0;
        }
        try {
            int taken = poll.run(this::hand, () -> isRunAllowed() && !isSuspendingOrSuspended());
            settled();
            return taken;
        } catch (SystemException e) {
            failed(e);
            return 0;
        }
    }

    private void hand(String documents) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(documents);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void settled() {
        if (!heard) {
            poll.heard();
            heard = true;
        }
        failures = 0;
    }

    private void failed(SystemException e) {
        if (failures++ == 0) {
            failing = System.nanoTime();
        }
        Duration doubled = every.multipliedBy(1L << Math.min(failures, 12));
        Duration wait = e.retryAfter().orElse(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
        notBefore = System.nanoTime() + wait.toNanos();
        Problem why = e.problem();
        LOG.warn("source {}: {}; asked again in {} s", poll.source(), why, wait.toSeconds());
        if (e.isLocked() || System.nanoTime() - failing > PATIENCE.toNanos()) {
            poll.silent(why);
            heard = false;
        }
    }
}
