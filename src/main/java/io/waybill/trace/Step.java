package io.waybill.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.slf4j.MDC;

/**
 * Something that is being done for an order. Until it is closed every line this thread logs names the order and its trace, and
 * {@link Traces#parent} is its place.
 */
public final class Step implements AutoCloseable {
    private final Span span;
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // closed with this
    Step(Span span, String order) {
        this.span = span;
        this.scope = span.makeCurrent();
        MDC.put("order", order);
        MDC.put("trace", Traces.idOf(order));
    }

    /** A fact to be found by; never a person's, a carrier's words or a secret. */
    public Step with(String name, String value) {
        span.setAttribute("waybill." + name, value);
        return this;
    }

    /** It did not come to what it was begun for. */
    public void failed() {
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
        MDC.remove("order");
        MDC.remove("trace");
        scope.close();
        span.end();
    }
}
