package io.waybill.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One trace for each order, whoever works on it, on whatever node and day: its id comes from the order's hub id, so that no row, message
 * or thread has to carry it. Nothing of it leaves for a carrier. Off, and almost free, until a processor is given.
 */
public final class Traces {
    private static final Tracer NONE = TracerProvider.noop().get("io.waybill");
    private static volatile Tracer tracer = NONE;

    private Traces() {}

    /**
     * From now on what is done goes to a processor, until the result is closed.
     *
     * @param share of the orders whose traces are kept, 0 to 1: of an order all or nothing, on every node
     */
    public static AutoCloseable into(SpanProcessor processor, double share) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(new OrderIds())
                .setSampler(Sampler.traceIdRatioBased(share))
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "waybill")))
                .addSpanProcessor(processor)
                .build();
        tracer = provider.get("io.waybill");
        return () -> {
            tracer = NONE;
            provider.close();
        };
    }

    /** The trace of an order: 32 hex digits, the first half of its hub id's SHA-256. */
    public static String idOf(String order) {
        return OrderIds.traceOf(order);
    }

    /** Something of our own is being done for an order, until the step is closed. */
    public static Step begin(String what, String order) {
        return step(what, SpanKind.INTERNAL, order);
    }

    /** Somebody else is asked or told for it. */
    public static Step call(String what, String order) {
        return step(what, SpanKind.CLIENT, order);
    }

    private static Step step(String what, SpanKind kind, String order) {
        return new Step(start(builder(what, kind, order), order), order);
    }

    /** Something was done whose order is known only now. */
    public static void took(String what, String order, long nanos) {
        ended(builder(what, SpanKind.INTERNAL, order), order, nanos);
    }

    /** A caller was answered. @param traceparent what the call said of its own trace (W3C), which is linked; or null */
    public static void answered(String what, String order, long nanos, @Nullable String traceparent) {
        SpanBuilder builder = builder(what, SpanKind.SERVER, order);
        ended(builder.addLink(TraceParent.read(traceparent)), order, nanos);
    }

    private static void ended(SpanBuilder builder, String order, long nanos) {
        Instant now = Instant.now();
        start(builder.setStartTimestamp(now.minusNanos(nanos)), order).end(now);
    }

    private static SpanBuilder builder(String what, SpanKind kind, String order) {
        return tracer.spanBuilder(what).setSpanKind(kind).setNoParent().setAttribute("waybill.order", order);
    }

    /** On this thread the next trace id is the order's. */
    private static Span start(SpanBuilder builder, String order) {
        try (OrderIds.Turn turn = OrderIds.of(order)) {
            return builder.startSpan();
        }
    }
}
