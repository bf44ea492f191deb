package io.waybill.readiness;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Parts of a whole, in percent. */
final class Share {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private Share() {}

    /** With one digit after the point, rounded down, so that 100 means all. Of nothing it is nothing. */
    static BigDecimal of(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : new BigDecimal(part).multiply(HUNDRED).divide(new BigDecimal(whole), 1, RoundingMode.DOWN);
    }

    static boolean reaches(long part, long whole, BigDecimal least) {
        return of(part, whole).compareTo(least) >= 0;
    }
}
