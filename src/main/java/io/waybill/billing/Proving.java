package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Charges on their way, each under its invoice: one currency and one total for every invoice, and no amount finer than its currency. */
abstract class Proving implements Layout.Charges {
    private final Faults faults;
    private final Layout layout;
    /** By their numbers. */
    final Map<String, Begun> invoices = new LinkedHashMap<>();

    Proving(Faults faults, Layout layout) {
        this.faults = faults;
        this.layout = layout;
    }

    /** An invoice some lines of which are known. */
    static final class Begun {
        final String id;
        final String currency;
        final int decimals;

        @Nullable
        BigDecimal stated;

        int lines;

        Begun(String id, String currency, Layout layout, @Nullable BigDecimal stated, int lines) {
            this.id = id;
            this.currency = currency;
            this.decimals = Cells.isCurrency(currency) ? layout.decimals(Rounding.decimals(currency)) : Amounts.KEPT;
            this.stated = stated;
            this.lines = lines;
        }
    }

    /** An invoice nobody told of before; answers with what it is kept by. */
    abstract String begin(Layout.Head head);

    /** What an invoice comes to is said after it was begun. */
    abstract void state(Begun invoice, BigDecimal total);

    /** A charge of an invoice, which has this and the lines before it. */
    abstract void take(Begun invoice, InvoiceLine line);

    /** What an earlier reading of the file found. */
    final void goOn(String number, String id, String currency, @Nullable BigDecimal stated, int lines) {
        invoices.put(number, new Begun(id, currency, layout, stated, lines));
    }

    @Override
    public final void add(Layout.Head head, InvoiceLine line) {
        Begun invoice = invoice(head, line.fileRow());
        requireAmount(invoice, line.fileRow(), Plain.text(line.carrierText()), line.amount());
        invoice.lines++;
        take(invoice, line);
    }

    @Override
    public final void tell(Layout.Head head, long row) {
        invoice(head, row);
    }

    /** {@code 12.345} of a currency without decimals is 12345 to who wrote it. */
    private void requireAmount(Begun invoice, long row, String column, @Nullable BigDecimal amount) {
        if (amount != null && !Figures.isAmount(amount, invoice.decimals)) {
            faults.add(
                    BillingCode.INVOICE_AMOUNT_TOO_FINE,
                    row,
                    column,
                    amount.toPlainString(),
                    "currency",
                    invoice.currency,
                    "decimals",
                    invoice.decimals);
        }
    }

    private Begun invoice(Layout.Head head, long row) {
        Begun known = invoices.get(head.number());
        if (known == null) {
            known = new Begun(begin(head), head.currency(), layout, head.stated(), 0);
            invoices.put(head.number(), known);
            requireAmount(known, row, head.totalColumn(), head.stated());
            return known;
        }
        if (!known.currency.equals(head.currency())) {
            faults.add(
                    BillingCode.INVOICE_TWO_CURRENCIES,
                    row,
                    head.currencyColumn(),
                    head.currency(),
                    "currency",
                    known.currency,
                    "invoice",
                    head.number());
        }
        BigDecimal said = head.stated();
        if (said != null && known.stated == null) {
            known.stated = said;
            requireAmount(known, row, head.totalColumn(), said);
            state(known, said);
        } else if (said != null && known.stated != null && said.compareTo(known.stated) != 0) {
            faults.add(
                    BillingCode.INVOICE_TWO_TOTALS,
                    row,
                    head.totalColumn(),
                    said.toPlainString(),
                    "stated",
                    known.stated.toPlainString(),
                    "invoice",
                    head.number());
        }
        return known;
    }
}
