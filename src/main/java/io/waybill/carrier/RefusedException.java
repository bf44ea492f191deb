package io.waybill.carrier;

import org.jspecify.annotations.Nullable;

/** Thrown by {@link Carrier#prepare} when a shipment cannot be built for this carrier; nothing was sent. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable String pointer;

    public RefusedException(String words, @Nullable String pointer) {
        super(words);
        this.pointer = pointer;
    }

    /** JSON pointer into the canonical order, or null. */
    public @Nullable String pointer() {
        return pointer;
    }
}
