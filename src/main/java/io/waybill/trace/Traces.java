package io.waybill.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One trace for each order, whoever works on it, on whatever node and day: its id, and that of the span all others hang below, come from
 * the order's hub id, so that no row, message or thread has to carry them. Nothing of it leaves for a carrier. Off, and almost
 * free, until a processor is given.
 */
public final class Traces {
    static final AttributeKey<String> ORDER = AttributeKey.stringKey("waybill.order");

    private static final Tracer NONE = TracerProvider.noop().get("io.waybill");
    private static final Roots ROOTS = new Roots();
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
                .setSampler(new ByOrder(Sampler.traceIdRatioBased(share)))
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
        return Place.of(order).trace();
    }

    /** Somebody else is asked or told for an order, until the step is closed. */
    public static Step call(String what, String order) {
        return new Step(isOff() ? Span.getInvalid() : below(builder(what, SpanKind.CLIENT, order), order), order);
    }

    /** The step this thread is in, as a header {@code traceparent} says it to whoever goes on with it; empty outside of one, and while off. */
    public static Optional<String> parent() {
        return TraceParent.written(Context.current());
    }

    /** Something was done whose order is known only now. Outside of a visit it is the root of an order that came to be in it. */
    public static void took(String what, String order, long nanos) {
        if (!isOff()) {
            Instant now = Instant.now();
            Instant begun = now.minusNanos(nanos);
            SpanBuilder builder = builder(what, SpanKind.INTERNAL, order).setStartTimestamp(begun);
            boolean isRoot = !Visit.isOpen() && ROOTS.claim(order, begun);
            (isRoot ? root(builder, order) : below(builder, order)).end(now);
        }
    }

    /** A caller brings orders, and waits for the answer. */
    public static Visit called(String what) {
        return new Visit(what, SpanKind.SERVER);
    }

    /** Orders were left somewhere by somebody who does not wait. */
    public static Visit read(String what) {
        return new Visit(what, SpanKind.CONSUMER);
    }

    /** In the order's trace, and in the caller's: who follows a call sees its answer, and from there the order. */
    static void answered(String what, SpanKind kind, String order, Instant begun, @Nullable String traceparent) {
        if (isOff()) {
            return;
        }
        Instant now = Instant.now();
        SpanContext caller = TraceParent.read(traceparent);
        SpanBuilder builder = builder(what, caller.isSampled() ? SpanKind.INTERNAL : kind, order)
                .addLink(caller)
                .setStartTimestamp(begun);
        Span ours = ROOTS.claim(order, begun) ? root(builder, order) : below(builder, order);
        if (caller.isSampled()) {
            builder(what, kind, order)
                    .setParent(Context.root().with(Span.wrap(caller)))
                    .addLink(ours.getSpanContext())
                    .setStartTimestamp(begun)
                    .startSpan()
                    .end(now);
        }
        ours.end(now);
    }

    private static boolean isOff() {
        return tracer == NONE;
    }

    private static SpanBuilder builder(String what, SpanKind kind, String order) {
        return tracer.spanBuilder(what).setSpanKind(kind).setAttribute(ORDER, order);
    }

    private static Span root(SpanBuilder builder, String order) {
        try (OrderIds.Turn turn = OrderIds.root(Place.of(order))) {
            return builder.setNoParent().startSpan();
        }
    }

    private static Span below(SpanBuilder builder, String order) {
        Place place = Place.of(order);
        if (Roots.has(order)) {
            return builder.setParent(place.below()).startSpan();
        }
        try (OrderIds.Turn turn = OrderIds.loose(place)) {
            return builder.setNoParent().startSpan();
        }
    }
}
