package io.waybill.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * The one place where the money is rounded, always to the decimals of its currency (2 for USD, 0 for JPY, 3 for KWD). What is
 * said by a carrier or a person is never rounded; only what is worked out here is.
 */
final class Rounding {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Rounding() {}

    /** A percentage of an amount, half up: as carriers print it, so that what is agreed compares to the cent. */
    static BigDecimal percent(BigDecimal amount, BigDecimal percent, String currency) {
        return amount.multiply(percent).divide(HUNDRED, decimals(currency), RoundingMode.HALF_UP);
    }

    /** An amount at a rate, half even: many conversions added up must not drift one way. */
    public static BigDecimal converted(BigDecimal amount, BigDecimal rate, String currency) {
        return amount.multiply(rate).setScale(decimals(currency), RoundingMode.HALF_EVEN);
    }

    /** The least amount of a currency: 0.01 of USD. */
    static BigDecimal least(String currency) {
        return BigDecimal.ONE.movePointLeft(decimals(currency));
    }

    /** 2 of USD, 0 of JPY. */
    static int decimals(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
