package io.waybill.billing;

import java.math.BigDecimal;

/** So many lines of a bill, and what they come to. */
public final class LinesSum {
    private int lines;
    private BigDecimal amount = BigDecimal.ZERO;

    void add(BigDecimal more) {
        lines++;
        amount = amount.add(more);
    }

    public int lines() {
        return lines;
    }

    public BigDecimal amount() {
        return amount;
    }
}
