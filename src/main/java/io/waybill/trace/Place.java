package io.waybill.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where an order stands among traces, the same on every node and day. Evenly spread, so that a share of the traces is a share of the
 * orders.
 *
 * @param trace the first half of its hub id's SHA-256
 * @param root the span its others hang below, the eight bytes that follow
 */
record Place(String trace, String root) {
    private static final int TRACE = 16;
    private static final int ROOT = 24;

    static Place of(String order) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(order.getBytes(StandardCharsets.UTF_8));
            HexFormat hex = HexFormat.of();
            return new Place(hex.formatHex(digest, 0, TRACE), hex.formatHex(digest, TRACE, ROOT));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What hangs below the root begins here, whether or not the root was told. */
    Context below() {
        SpanContext parent =
                SpanContext.createFromRemoteParent(trace, root, TraceFlags.getSampled(), TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }
}
