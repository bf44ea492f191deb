package io.waybill.edge;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;

/** Asks a system every so often, with {@link Patience}. */
final class PollConsumer extends ScheduledPollConsumer {
    private final Poll poll;
    private final Due due;
    private final Patience patience;

    PollConsumer(Endpoint endpoint, Processor processor, Poll poll, Due due, Patience patience) {
        super(endpoint, processor);
        this.poll = poll;
        this.due = due;
        this.patience = patience;
    }

    @Override
    protected int poll() throws Exception {
        if (!patience.isOver() || !due.isNow()) {
            return 0;
        }
        try {
            int taken = poll.run(this::hand, () -> isRunAllowed() && !isSuspendingOrSuspended());
            patience.answered();
            return taken;
        } catch (SystemException e) {
            due.again();
            patience.failed(e.problem(), e.quiet(), e.retryAfter(), e.isLocked());
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
}
