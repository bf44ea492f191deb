package io.waybill.billing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a line says, as text that compares: nothing is empty, and a number has no zeros behind. */
final class Plain {
    private Plain() {}

    static String text(@Nullable Object value) {
        return value instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : value == null ? "" : value.toString();
    }
}
