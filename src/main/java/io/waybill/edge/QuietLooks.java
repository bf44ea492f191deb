package io.waybill.edge;

import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;

/**
 * Leaves out what a look as a whole came to where it is told in one line elsewhere; all else is told as before.
 *
 * @param elsewhere which failures of a look are
 */
record QuietLooks(ExceptionHandler before, Predicate<Throwable> elsewhere) implements ExceptionHandler {
    /** How Camel begins to speak of a look that failed. */
    private static final String LOOK = "Failed polling endpoint";

    @Override
    public void handleException(Throwable exception) {
        before.handleException(exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        if (!message.startsWith(LOOK) || !elsewhere.test(exception)) {
            before.handleException(message, exception);
        }
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        before.handleException(message, exchange, exception);
    }
}
