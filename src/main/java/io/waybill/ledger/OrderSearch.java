package io.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person looks for; every part may be null.
 *
 * @param state one of {@link OrderStatus#words}
 * @param key an order number, a reference, an identifier of another system or a tracking number, in full
 * @param since received then or later
 * @param until received before
 */
public record OrderSearch(
        @Nullable String namespace,
        @Nullable String orderId,
        @Nullable String trackingNumber,
        @Nullable String reference,
        @Nullable String text,
        @Nullable String state,
        @Nullable String before,
        @Nullable String key,
        @Nullable String channel,
        @Nullable Instant since,
        @Nullable Instant until,
        int limit) {

    /** By what one call names; the rest is open. */
    public OrderSearch(
            @Nullable String namespace,
            @Nullable String orderId,
            @Nullable String trackingNumber,
            @Nullable String reference,
            @Nullable String text,
            @Nullable String state,
            @Nullable String before,
            int limit) {
        this(namespace, orderId, trackingNumber, reference, text, state, before, null, null, null, null, limit);
    }

    /** The same from another order on, in another number. */
    public OrderSearch before(@Nullable String id, int most) {
        return new OrderSearch(
                namespace, orderId, trackingNumber, reference, text, state, id, key, channel, since, until, most);
    }
}
