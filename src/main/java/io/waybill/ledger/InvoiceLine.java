package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One charge of a carrier's invoice as its file says it: one line of money, not one shipment.
 *
 * @param fileRow the row of the file it stands in, as a spreadsheet counts
 * @param accountNumber the carrier's number of the account it was charged to
 * @param originalNumber the number the parcel was first sent under, where the carrier gave it another; one a line
 *     of text where the file leaves open how it is written
 * @param leadNumber the number all pieces of one shipment share
 * @param customerRefs what the shipper wrote on the label, one a line of text
 * @param enteredWeight in the unit of what is billed
 * @param weightType the carrier's word for what the weight is: scale, dimensional, minimum
 * @param kind {@code label_charge | adjustment | late_bill | void_credit | claim_credit | refund | duty_tax | account_fee}
 * @param reason why it was adjusted: {@code SCC | RADJ | ADC | ZONE | VOID | RTS | GSR | CLB}, or null
 * @param amount signed as it is owed
 * @param listAmount what it costs before discounts, where the invoice says it
 * @param taxAmount the tax in the amount, where the invoice says it
 * @param exchangeRate as the invoice states it; kept beside the amount, never applied to it
 */
public record InvoiceLine(
        long fileRow,
        @Nullable String accountNumber,
        @Nullable String trackingNumber,
        @Nullable String originalNumber,
        @Nullable String leadNumber,
        @Nullable String customerRefs,
        @Nullable LocalDate shipDate,
        @Nullable LocalDate deliveredOn,
        @Nullable String service,
        @Nullable String zone,
        @Nullable BigDecimal enteredWeight,
        @Nullable BigDecimal billedWeight,
        @Nullable String weightUnit,
        @Nullable String weightType,
        @Nullable String dimensions,
        String kind,
        String type,
        @Nullable String reason,
        BigDecimal amount,
        @Nullable BigDecimal listAmount,
        @Nullable BigDecimal taxAmount,
        @Nullable BigDecimal exchangeRate,
        @Nullable String carrierCategory,
        @Nullable String carrierDetail,
        @Nullable String carrierClass,
        @Nullable String carrierCode,
        @Nullable String carrierText) {

    /** What the carrier says of a charge is one line, as it stands in lists and files. */
    public InvoiceLine {
        carrierText = carrierText == null ? null : carrierText.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
