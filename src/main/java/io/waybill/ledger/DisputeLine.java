package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A line of a dispute as a carrier needs it.
 *
 * @param finding what is disputed; the lines of one claim of several have it in common
 * @param billed the whole line of the invoice
 */
public record DisputeLine(
        String dispute,
        String finding,
        String carrier,
        String account,
        @Nullable String accountNumber,
        String invoiceNumber,
        @Nullable LocalDate invoiceDate,
        @Nullable Integer invoiceLine,
        String invoiceUid,
        @Nullable String shipmentUid,
        @Nullable String trackingNumber,
        @Nullable String orderId,
        @Nullable String carrierCode,
        @Nullable String carrierText,
        @Nullable BigDecimal billed,
        BigDecimal claimed,
        BigDecimal credited,
        String currency,
        String ruleName,
        String evidence,
        @Nullable LocalDate deadline,
        String state) {

    /** Whether it asks back more than its line bills: then it is of other lines of the shipment too. */
    boolean isOfSeveral() {
        return billed != null && shipmentUid != null && claimed.compareTo(billed.max(BigDecimal.ZERO)) > 0;
    }

    DisputeLine of(DisputeLines.Charged charge, BigDecimal claim, BigDecimal credit) {
        return new DisputeLine(
                dispute,
                finding,
                carrier,
                account,
                accountNumber,
                invoiceNumber,
                invoiceDate,
                charge.line(),
                invoiceUid,
                shipmentUid,
                charge.trackingNumber(),
                orderId,
                charge.carrierCode(),
                charge.carrierText(),
                charge.amount(),
                claim,
                credit,
                currency,
                ruleName,
                evidence,
                deadline,
                state);
    }
}
