package io.waybill.ledger;

import java.math.BigDecimal;

/** Amounts as they are written for people and systems: at least two decimals, no exponent, no more zeros than needed. */
public final class Amounts {
    /** So many decimals of an amount the ledger keeps. */
    public static final int KEPT = 4;

    private Amounts() {}

    /** {@code 9.4200} → {@code 9.42}, {@code 8} → {@code 8.00}. */
    public static String plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return (stripped.scale() < 2 ? stripped.setScale(2) : stripped).toPlainString();
    }
}
