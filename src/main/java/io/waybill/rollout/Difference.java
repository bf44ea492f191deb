package io.waybill.rollout;

import org.jspecify.annotations.Nullable;

/**
 * One field of one order that both sides do not say alike.
 *
 * @param field a pointer with {@code *} for each place in a list: {@code /items/*}{@code /sku}
 * @param pointer the field itself
 */
record Difference(
        String orderId,
        String field,
        String pointer,
        @Nullable String shadow,
        @Nullable String live) {}
