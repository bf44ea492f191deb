package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.JournalBook;
import io.waybill.ledger.JournalBook.Line;
import io.waybill.ledger.Tx;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of one entry on their way to the books. Nothing is posted to a period that is closed. */
final class Entry {
    private final Tx tx;
    private final Books books;
    private final String id;
    private final Kind kind;
    private final List<Line> lines = new ArrayList<>();
    private int last;
    private int told;

    /** What the books are, as they stand. */
    record Books(GlAccounts gl, ClosedPeriods periods, Companies companies, String by) {
        /** Of an invoice that bills shipments of these namespaces. */
        Books billing(List<String> namespaces) {
            return new Books(gl, periods, companies.billing(namespaces), by);
        }
    }

    /**
     * What an entry is of.
     *
     * @param kind {@code INVOICE | ACCRUAL | REVERSAL}; {@code invoice} null for those that are of none
     * @param only the namespace all shipments are of: its sinks are told the lines on no shipment too; {@code *} where there are several
     */
    record Kind(
            String kind,
            String account,
            LocalDate posting,
            @Nullable InvoiceRow invoice,
            String only) {}

    Entry(Tx tx, Books books, String id, Kind kind) {
        this.tx = tx;
        this.books = books;
        this.id = id;
        this.kind = kind;
    }

    void add(String namespace, GlAccounts.Gl gl, BigDecimal amount, String currency, @Nullable String costCenter) {
        put(namespace, gl, amount, currency, costCenter, null);
    }

    void add(GlAccounts.Gl gl, JournalBook.Billed billed, String currency) {
        put(billed.namespace(), gl, billed.amount(), currency, billed.costCenter(), billed);
    }

    private void put(
            String namespace,
            GlAccounts.Gl gl,
            BigDecimal amount,
            String currency,
            @Nullable String costCenter,
            JournalBook.@Nullable Billed billed) {
        String company = books.companies().of(namespace);
        books.periods().requireOpen(company, kind.posting());
        InvoiceRow invoice = kind.invoice();
        last++;
        lines.add(new Line(
                id,
                last,
                namespace,
                company,
                kind.account(),
                kind.kind(),
                kind.posting(),
                invoice == null ? kind.posting() : invoice.invoiceDate(),
                invoice == null ? null : invoice.number(),
                billed == null ? null : billed.line(),
                billed == null ? null : billed.orderId(),
                billed == null ? null : billed.carrierText(),
                gl.account(),
                costCenter,
                amount.max(BigDecimal.ZERO),
                amount.negate().max(BigDecimal.ZERO),
                currency,
                gl.taxCode(),
                billed == null ? null : billed.taxAmount(),
                billed == null ? null : billed.shipmentUid(),
                billed == null ? null : billed.trackingNumber()));
    }

    /**
     * Posts what was added and tells the sinks.
     *
     * @return how many lines
     */
    int flush() {
        tx.journal().post(lines, books.by());
        InvoiceRow invoice = kind.invoice();
        told = JournalNews.tell(tx, lines, invoice == null ? null : invoice.carrier(), kind.only(), told);
        int written = lines.size();
        lines.clear();
        return written;
    }
}
