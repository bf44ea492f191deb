package io.waybill.mapping;

import org.jspecify.annotations.Nullable;

/**
 * One inline test of a mapping: a file in its folder and what must come out, a tree, a problem, or no order.
 *
 * @param none what every document of it is instead of an order: {@code skipped}, {@code cancelled}, {@code held}
 */
record Sample(
        String name,
        int line,
        String input,
        @Nullable String expect,
        @Nullable ExpectedError error,
        @Nullable String none) {
    /**
     * @param field as the mapping spells it, or empty for any
     * @param row or 0 for any
     */
    record ExpectedError(String field, String code, long row) {}
}
