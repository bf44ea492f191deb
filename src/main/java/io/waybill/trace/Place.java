package io.waybill.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.waybill.text.Sha256;

/**
 * Where an order stands among traces, the same on every node and day. Evenly spread, so that a share of the traces is a share of the
 * orders.
 *
 * @param trace the first half of its hub id's SHA-256
 * @param root the span its others hang below, the eight bytes that follow
 */
record Place(String trace, String root) {
    private static final int TRACE = 32;
    private static final int ROOT = 48;

    static Place of(String order) {
        String hash = Sha256.of(order);
        return new Place(hash.substring(0, TRACE), hash.substring(TRACE, ROOT));
    }

    /** What hangs below the root begins here, whether or not the root was told. */
    Context below() {
        SpanContext parent =
                SpanContext.createFromRemoteParent(trace, root, TraceFlags.getSampled(), TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }
}
