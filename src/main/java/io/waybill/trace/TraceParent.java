package io.waybill.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context: where a caller's own trace stands. */
enum TraceParent implements TextMapGetter<String> {
    HEADER;

    /** One that is missing or malformed is no place, and links to nothing. */
    static SpanContext read(@Nullable String traceparent) {
        Context found = traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, HEADER);
        return Span.fromContext(found).getSpanContext();
    }

    @Override
    public Iterable<String> keys(String traceparent) {
        return Set.of("traceparent");
    }

    @Override
    public @Nullable String get(@Nullable String traceparent, String key) {
        return key.equals("traceparent") ? traceparent : null;
    }
}
