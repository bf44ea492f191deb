package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import java.util.Locale;

/** What a charge is for, as a bill is first asked. */
public enum ChargeGroup {
    LABEL,
    FUEL,
    ADDITIONAL,
    DUTIES_AND_TAXES,
    /** What is charged or given back afterwards, and what is billed late. */
    ADJUSTMENTS,
    /** Of the account, of no shipment. */
    ACCOUNT;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ChargeGroup of(InvoiceLine line) {
        return switch (line.kind()) {
            case "adjustment", "late_bill", "void_credit", "claim_credit", "refund" -> ADJUSTMENTS;
            case "account_fee" -> ACCOUNT;
            case "duty_tax" -> DUTIES_AND_TAXES;
            default -> Bill.isTax(line.type()) ? DUTIES_AND_TAXES : of(Bill.Part.of(line.type()));
        };
    }

    private static ChargeGroup of(Bill.Part part) {
        return switch (part) {
            case TRANSPORT -> LABEL;
            case FUEL -> FUEL;
            case EXTRAS -> ADDITIONAL;
        };
    }
}
