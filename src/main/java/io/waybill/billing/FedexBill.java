package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.ledger.InvoiceLine;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * FedEx billing data, all columns: one row a tracking number with up to 25 charges beside the transport. The file names
 * no currency; the account's contract or the caller does.
 */
final class FedexBill extends HeadedBill {
    private static final int CHARGES = 25;
    private static final String TOTAL = "Original Amount Due";
    /** What is paid at a border, in whichever words: {@code Customs VAT} is no tax of the carrier's own. */
    private static final Pattern DUTY =
            Pattern.compile("\\b(duty|duties)\\b|\\b(customs|import)\\b.*\\b(tax|taxes|vat|gst|hst)\\b");

    private static final Pattern TAX = Pattern.compile("\\b(tax|taxes|vat|gst|hst|qst|pst)\\b");

    private final @Nullable String currency;

    FedexBill(@Nullable String currency) {
        super(
                "fedex",
                List.of("Bill to Account Number", "Express or Ground Tracking ID"),
                List.of(
                        "Bill to Account Number",
                        "Invoice Date",
                        "Invoice Number",
                        TOTAL,
                        "Ground Tracking ID Prefix",
                        "Express or Ground Tracking ID",
                        "Transportation Charge Amount",
                        "Net Charge Amount",
                        "Shipment Date",
                        "Tracking ID Charge Description",
                        "Tracking ID Charge Amount"));
        this.currency = currency;
    }

    @Override
    public void read(Document document, char delimiter, Faults faults, Charges charges) {
        Cells cells = cells(document, delimiter, faults);
        if (currency == null) {
            throw new ProblemException(Problem.of(BillingCode.INVOICE_CURRENCY_UNKNOWN, "carrier", name()));
        }
        Head head = new Head(
                cells.needed("Invoice Number"),
                cells.date("Invoice Date"),
                currency,
                TOTAL,
                cells.amount(TOTAL),
                TOTAL);
        BigDecimal transport = cells.amountOrZero("Transportation Charge Amount");
        BigDecimal sum = transport;
        String tracking = tracking(cells);
        BigDecimal net = cells.amount("Net Charge Amount");
        boolean charged = transport.signum() != 0;
        if (charged) {
            charges.add(head, line(cells, tracking, "Transportation", transport, net));
        }
        for (int nth = 1; nth <= CHARGES; nth++) {
            String suffix = nth == 1 ? "" : "_" + nth;
            BigDecimal amount = cells.amountOrZero("Tracking ID Charge Amount" + suffix);
            if (amount.signum() != 0) {
                String text = cells.brief("Tracking ID Charge Description" + suffix, 500);
                charges.add(head, line(cells, tracking, text == null ? "" : text, amount, net));
                charged = true;
                sum = sum.add(amount);
            }
        }
        if (!charged) {
            charges.tell(head, cells.row());
        }
        if (sum.compareTo(net) != 0 && !faults.any()) {
            faults.add(
                    BillingCode.INVOICE_ROW_DOES_NOT_ADD_UP,
                    cells.row(),
                    "Net Charge Amount",
                    net.toPlainString(),
                    "sum",
                    sum.toPlainString());
        }
    }

    /** Prefix and number of a ground parcel are one number. */
    private static @Nullable String tracking(Cells cells) {
        String number = cells.id("Express or Ground Tracking ID");
        String prefix = cells.id("Ground Tracking ID Prefix");
        return number == null || prefix == null ? number : prefix + number;
    }

    /** With its prefix, and as it stands: labels are known by the one or the other. */
    private static @Nullable String crossReference(Cells cells) {
        String number = cells.id("CrossRefTrackingID");
        String prefix = cells.id("CrossRefTrackingID Prefix");
        if (number == null || prefix == null) {
            return number;
        }
        String both = prefix + number + "\n" + number;
        return both.length() <= Cells.LONGEST_ID ? both : prefix + number;
    }

    /** @param net what the row comes to */
    private static InvoiceLine line(
            Cells cells, @Nullable String tracking, String text, BigDecimal amount, BigDecimal net) {
        String word = text.toLowerCase(Locale.ROOT);
        String reason = reason(word);
        String type = type(word);
        return new InvoiceLine(
                cells.row(),
                cells.id("Bill to Account Number"),
                tracking,
                crossReference(cells),
                cells.id("TDMasterTrackingID"),
                cells.lines(
                        "Original Customer Reference",
                        "Original Ref#2",
                        "Original Ref#3/PO Number",
                        "Updated Customer Reference"),
                cells.date("Shipment Date"),
                cells.date("POD Delivery Date"),
                cells.brief("Service Type", 100),
                cells.brief("Zone Code", 40),
                Weights.in(
                        cells.text("Rated Weight Units"),
                        cells.weight("Actual Weight Amount"),
                        cells.text("Actual Weight Units")),
                cells.weight("Rated Weight Amount"),
                cells.brief("Rated Weight Units", 10),
                null,
                dimensions(cells),
                kind(tracking, type, reason, amount, net),
                type,
                reason,
                amount,
                word.equals("transportation") ? amount : null,
                type.equals("tax") ? amount : null,
                cells.exchangeRate("Currency Conversion Rate"),
                null,
                null,
                null,
                null,
                text);
    }

    private static @Nullable String dimensions(Cells cells) {
        String length = cells.text("Dim Length");
        return length == null ? null : length + "x" + cells.text("Dim Width") + "x" + cells.text("Dim Height");
    }

    private static @Nullable String reason(String word) {
        return word.contains("address correction") ? "ADC" : word.contains("weight correction") ? "SCC" : null;
    }

    private static String kind(
            @Nullable String tracking, String type, @Nullable String reason, BigDecimal amount, BigDecimal net) {
        if (reason != null) {
            return "adjustment";
        }
        if (tracking == null) {
            return "account_fee";
        }
        if (!type.equals("duties_and_taxes") && Bill.isRefund(type, amount, net)) {
            return "refund";
        }
        return Bill.isTax(type) ? "duty_tax" : "label_charge";
    }

    private static String type(String word) {
        if (word.equals("transportation")) {
            return "shipping";
        }
        if (word.contains("fuel")) {
            return "fuel_charge";
        }
        if (word.contains("discount") || word.contains("performance pricing")) {
            return "discount";
        }
        if (DUTY.matcher(word).find()) {
            return "duties_and_taxes";
        }
        return TAX.matcher(word).find() ? "tax" : "additional_fees";
    }
}
