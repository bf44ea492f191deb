package io.waybill.edge;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;

/** Leaves out what a look as a whole came to, which {@link Patience} tells in one line; all else is told as before. */
record QuietLooks(ExceptionHandler before) implements ExceptionHandler {
    /** How Camel begins to speak of a look that failed. */
    private static final String LOOK = "Failed polling endpoint";

    @Override
    public void handleException(Throwable exception) {
        before.handleException(exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        if (!message.startsWith(LOOK)) {
            before.handleException(message, exception);
        }
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        before.handleException(message, exchange, exception);
    }
}
