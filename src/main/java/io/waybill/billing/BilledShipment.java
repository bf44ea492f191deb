package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;

/** What a bill says of one parcel, or of the parcels that share a number. */
public final class BilledShipment {
    private final String name;
    private BigDecimal amount = BigDecimal.ZERO;
    private BigDecimal taxes = BigDecimal.ZERO;

    BilledShipment(String name) {
        this.name = name;
    }

    /** Its number on the bill; of one without, its reference. */
    public String name() {
        return name;
    }

    public BigDecimal amount() {
        return amount;
    }

    /** Without duties and taxes, which no price has in it. */
    public BigDecimal untaxed() {
        return amount.subtract(taxes);
    }

    void add(InvoiceLine line) {
        amount = amount.add(line.amount());
        if (ChargeGroup.of(line) == ChargeGroup.DUTIES_AND_TAXES) {
            taxes = taxes.add(line.amount());
        }
    }
}
