package io.waybill.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context: where one stands in a trace, said to whoever is called. */
enum TraceParent implements TextMapGetter<String> {
    HEADER;

    /** One that is missing or malformed is no place, and links to nothing. */
    static SpanContext read(@Nullable String traceparent) {
        Context found = traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, HEADER);
        return Span.fromContext(found).getSpanContext();
    }

    /** Empty of what stands in no trace. */
    static Optional<String> written(Context context) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(context, headers, (into, header, value) -> headers.put(header, value));
        return Optional.ofNullable(headers.get("traceparent"));
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
