package io.waybill.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** Ids of traces that come from orders; of spans by chance. Evenly spread, so that a share of them is a share of the orders. */
final class OrderIds implements IdGenerator {
    private static final ThreadLocal<String> ORDER = new ThreadLocal<>();
    private static final int BYTES = 16;

    /** While it is open, this thread's traces are those of its order. */
    static final class Turn implements AutoCloseable {
        @Override
        public void close() {
            ORDER.remove();
        }
    }

    static Turn of(String order) {
        ORDER.set(order);
        return new Turn();
    }

    static String traceOf(String order) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(order.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String generateTraceId() {
        return traceOf(Objects.requireNonNull(ORDER.get()));
    }

    @Override
    public String generateSpanId() {
        return IdGenerator.random().generateSpanId();
    }
}
