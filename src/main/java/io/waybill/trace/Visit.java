package io.waybill.trace;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody brings orders. Until it is closed, what this thread takes in hangs below what brought it. */
public final class Visit implements AutoCloseable {
    private static final ThreadLocal<@Nullable Visit> OPEN = new ThreadLocal<>();

    private final String what;
    private final SpanKind kind;
    private final Instant begun = Instant.now();

    Visit(String what, SpanKind kind) {
        this.what = what;
        this.kind = kind;
        OPEN.set(this);
    }

    static boolean isOpen() {
        return OPEN.get() != null;
    }

    /**
     * An order it brought is in.
     *
     * @param traceparent what was said of the visitor's own trace (W3C), or null. Both traces get a span of it, with a link to
     *     each other; a trace that its visitor does not keep is only linked
     */
    public void answered(String order, @Nullable String traceparent) {
        Traces.answered(what, kind, order, begun, traceparent);
    }

    @Override
    public void close() {
        OPEN.remove();
    }
}
