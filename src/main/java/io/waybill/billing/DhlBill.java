package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * DHL Express invoices: a row of type I tells the invoice and its total, rows of type S its shipments. A shipment comes to
 * its weight charge, extra and other charges and taxes, less its discounts; in a credit note all of it has the other sign.
 */
final class DhlBill extends HeadedBill {
    private static final int EXTRAS = 7;
    private static final String TOTAL = "Total Amount";

    DhlBill() {
        super(
                "dhl-express",
                List.of("Line Type", "Billing Account", "XC1 Code"),
                List.of(
                        "Line Type",
                        "Invoice Number",
                        "Invoice Date",
                        "Billing Account",
                        "Shipment Number",
                        "Shipment Date",
                        "Currency",
                        TOTAL,
                        "Total Tax",
                        "Weight Charge",
                        "XC1 Code",
                        "XC1 Charge"));
    }

    @Override
    public void read(Document document, char delimiter, Faults faults, Charges charges) {
        Cells cells = cells(document, delimiter, faults);
        String kind = cells.needed("Line Type");
        boolean ofInvoice = kind.equals("I");
        if (!ofInvoice && !kind.equals("S")) {
            if (!kind.isEmpty()) {
                faults.add(BillingCode.INVOICE_NOT_OF_CARRIER, cells.row(), "Line Type", kind, "carrier", name());
            }
            return;
        }
        Head head = new Head(
                cells.needed("Invoice Number"),
                cells.date("Invoice Date"),
                cells.currency("Currency"),
                "Currency",
                ofInvoice ? cells.amount(TOTAL) : null,
                TOTAL);
        Sum sum = new Sum(cells, head, charges);
        if (ofInvoice) {
            sum.invoice(cells.amountOrZero("Invoice Fee"));
        } else {
            sum.shipment();
        }
    }

    /** The charges of one row, added up. */
    private static final class Sum {
        private final Cells cells;
        private final Head head;
        private final Charges charges;
        private BigDecimal sum = BigDecimal.ZERO;

        Sum(Cells cells, Head head, Charges charges) {
            this.cells = cells;
            this.head = head;
            this.charges = charges;
        }

        void invoice(BigDecimal fee) {
            charges.tell(head, cells.row());
            if (fee.signum() != 0) {
                charges.add(head, line("account_fee", "admin_fee", "Invoice Fee", "Invoice Fee", fee));
            }
        }

        void shipment() {
            BigDecimal weight = cells.amountOrZero("Weight Charge");
            add("shipping", "Weight Charge", "Weight Charge", weight);
            for (int nth = 1; nth <= EXTRAS; nth++) {
                String code = cells.brief("XC" + nth + " Code", 100);
                String name = cells.brief("XC" + nth + " Name", 500);
                BigDecimal charge = cells.amountOrZero("XC" + nth + " Charge");
                BigDecimal discount = off(cells.amountOrZero("XC" + nth + " Discount"), charge);
                add(type(code, name), code, name, charge.add(discount));
            }
            for (int nth = 1; nth <= 2; nth++) {
                String name = cells.brief("Other Charges " + nth, 500);
                add("additional_fees", name, name, cells.amountOrZero("Other Charges " + nth + " Amount"));
            }
            for (int nth = 1; nth <= 3; nth++) {
                String name = cells.brief("Discount " + nth, 500);
                add("discount", name, name, off(cells.amountOrZero("Discount " + nth + " Amount"), weight));
            }
            add(
                    "tax",
                    "Total Tax",
                    "Total Tax",
                    cells.amountOrZero("Total Tax").add(cells.amountOrZero("Tax Adjustment")));
            BigDecimal stated = cells.amount(TOTAL);
            if (sum.compareTo(stated) != 0 && !cells.faults().any()) {
                cells.faults()
                        .add(
                                BillingCode.INVOICE_ROW_DOES_NOT_ADD_UP,
                                cells.row(),
                                TOTAL,
                                stated.toPlainString(),
                                "sum",
                                sum.toPlainString());
            }
        }

        private void add(String type, @Nullable String code, @Nullable String text, BigDecimal amount) {
            if (amount.signum() != 0) {
                sum = sum.add(amount);
                charges.add(head, line(kind(type, reason(text), amount), type, code, text, amount));
            }
        }

        /** A duty or a correction that is given back is no part of what the label cost. */
        private String kind(String type, @Nullable String reason, BigDecimal amount) {
            boolean isOfLabel = !type.equals("duties_and_taxes") && reason == null;
            if (isOfLabel && Bill.isRefund(type, amount, cells.amountOrZero(TOTAL))) {
                return "refund";
            }
            return Bill.isTax(type) ? "duty_tax" : "label_charge";
        }

        private static @Nullable String reason(@Nullable String text) {
            return "Address Correction".equalsIgnoreCase(text) ? "ADC" : null;
        }

        /** A discount goes against its charge, whatever sign it is written with: in a credit note it is less that is given back. */
        private BigDecimal off(BigDecimal discount, BigDecimal charge) {
            int sign = charge.signum() == 0 ? cells.amountOrZero(TOTAL).signum() : charge.signum();
            return sign < 0 ? discount.abs() : discount.abs().negate();
        }

        /** {@code DD DUTY TAX PAID} is no duty: it is what DHL takes for laying it out. */
        private static String type(@Nullable String code, @Nullable String name) {
            String said = String.valueOf(name).toUpperCase(Locale.ROOT);
            if ("FF".equals(code) || said.contains("FUEL")) {
                return "fuel_charge";
            }
            boolean border = said.contains("IMPORT EXPORT DUTIES") || said.contains("IMPORT EXPORT TAXES");
            return "XB".equals(code) || "XX".equals(code) || border ? "duties_and_taxes" : "additional_fees";
        }

        private InvoiceLine line(
                String kind, String type, @Nullable String code, @Nullable String text, BigDecimal amount) {
            return new InvoiceLine(
                    cells.row(),
                    cells.id("Billing Account"),
                    cells.id("Shipment Number"),
                    null,
                    null,
                    cells.lines("Shipment Reference 1", "Shipment Reference 2", "Shipment Reference 3"),
                    cells.date("Shipment Date"),
                    null,
                    cells.brief("Product", 100),
                    null,
                    cells.weight("Cust Scale Weight (kg)"),
                    cells.weight("Weight (kg)"),
                    "kg",
                    cells.brief("Weight Flag", 20),
                    null,
                    kind,
                    type,
                    reason(text),
                    amount,
                    type.equals("shipping") ? amount : null,
                    type.equals("tax") ? amount : null,
                    null,
                    null,
                    null,
                    null,
                    code,
                    text);
        }
    }
}
