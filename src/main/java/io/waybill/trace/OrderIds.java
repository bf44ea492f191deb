package io.waybill.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ids of traces and of their roots, which come from orders; of all other spans by chance. */
final class OrderIds implements IdGenerator {
    private static final ThreadLocal<@Nullable Next> NEXT = new ThreadLocal<>();

    private record Next(String trace, String span) {}

    /** While it is open, the next trace of this thread is its own. */
    static final class Turn implements AutoCloseable {
        @Override
        public void close() {
            NEXT.remove();
        }
    }

    /** The span that all others of an order hang below. */
    static Turn root(Place place) {
        return turn(place.trace(), place.root());
    }

    /** One that hangs below nothing. */
    static Turn loose(Place place) {
        return turn(place.trace(), IdGenerator.random().generateSpanId());
    }

    private static Turn turn(String trace, String span) {
        NEXT.set(new Next(trace, span));
        return new Turn();
    }

    @Override
    public String generateTraceId() {
        return Objects.requireNonNull(NEXT.get()).trace();
    }

    @Override
    public String generateSpanId() {
        Next next = NEXT.get();
        return next == null ? IdGenerator.random().generateSpanId() : next.span();
    }
}
