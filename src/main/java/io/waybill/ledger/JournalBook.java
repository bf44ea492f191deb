package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What was handed to the books: append-only, an entry once. */
public final class JournalBook {
    private static final String COLUMNS = """
            SELECT entry_id, line, namespace, company_code, account, kind, posting_date, document_date, invoice_number, invoice_line,
                order_id, text, gl_account, cost_center, debit, credit, currency, tax_code, tax_amount, shipment_uid,
                tracking_number
            FROM journal_line""";

    private static final String SOURCE = """
            SELECT l.line, COALESCE(o.namespace, i.namespace) AS namespace, l.kind, l.type, l.amount, l.tax_amount, l.carrier_text, o.order_id,
                (SELECT MAX(c.cost_center) FROM charge c WHERE c.shipment_uid = l.shipment_uid AND c.side = 'expected')
                    AS cost_center,
                l.shipment_uid, l.tracking_number
            FROM invoice_line l JOIN invoice i ON i.id = l.invoice_uid
            LEFT JOIN shipment s ON s.id = l.shipment_uid LEFT JOIN orders o ON o.id = s.order_uid
            WHERE l.invoice_uid = :invoice AND l.line > :after AND l.amount <> 0 ORDER BY l.invoice_uid, l.line LIMIT :limit""";

    private final Handle handle;

    JournalBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param kind {@code INVOICE | ACCRUAL | REVERSAL}
     * @param debit or {@code credit}: one of them is 0
     */
    public record Line(
            String entryId,
            int line,
            String namespace,
            String companyCode,
            String account,
            String kind,
            LocalDate postingDate,
            @Nullable LocalDate documentDate,
            @Nullable String invoiceNumber,
            @Nullable Integer invoiceLine,
            @Nullable String orderId,
            @Nullable String text,
            String glAccount,
            @Nullable String costCenter,
            BigDecimal debit,
            BigDecimal credit,
            String currency,
            @Nullable String taxCode,
            @Nullable BigDecimal taxAmount,
            @Nullable String shipmentUid,
            @Nullable String trackingNumber) {}

    /** A billed line as an entry is made of it. */
    public record Billed(
            int line,
            String namespace,
            String kind,
            String type,
            BigDecimal amount,
            @Nullable BigDecimal taxAmount,
            @Nullable String carrierText,
            @Nullable String orderId,
            @Nullable String costCenter,
            @Nullable String shipmentUid,
            @Nullable String trackingNumber) {}

    public List<Billed> billed(String invoice, int after, int limit) {
        return handle.createQuery(SOURCE)
                .bind("invoice", invoice)
                .bind("after", after)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Billed.class))
                .list();
    }

    /** Whose shipments an invoice bills. */
    public List<String> namespaces(String invoice) {
        return handle.createQuery("""
                        SELECT DISTINCT o.namespace FROM invoice_line l JOIN shipment s ON s.id = l.shipment_uid
                        JOIN orders o ON o.id = s.order_uid WHERE l.invoice_uid = :invoice""")
                .bind("invoice", invoice)
                .mapTo(String.class)
                .list();
    }

    public boolean isPosted(String entry) {
        return handle.createQuery("SELECT COUNT(*) FROM journal_line WHERE entry_id = :entry")
                        .bind("entry", entry)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Whether lines of a namespace stand in an entry. */
    public boolean isPosted(String entry, String namespace) {
        return !lines(Namespaces.of(Set.of(namespace)), entry, "", 0, 1).isEmpty();
    }

    /** Whether lines of another account stand in an entry. */
    public boolean isOfAnother(String entry, String account) {
        return handle.createQuery("SELECT COUNT(*) FROM journal_line WHERE entry_id = :entry AND account <> :account")
                        .bind("entry", entry)
                        .bind("account", account)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    public void post(List<Line> lines, String by) {
        if (lines.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO journal_line (entry_id, line, namespace, company_code, account, kind, posting_date, document_date,
                    invoice_number, invoice_line, order_id, text, gl_account, cost_center, debit, credit, currency, tax_code,
                    tax_amount, shipment_uid, tracking_number, posted_by, recorded_at)
                VALUES (:entryId, :line, :namespace, :companyCode, :account, :kind, :postingDate, :documentDate,
                    :invoiceNumber, :invoiceLine, :orderId, :text, :glAccount, :costCenter, :debit, :credit, :currency, :taxCode,
                    :taxAmount, :shipmentUid, :trackingNumber, :by, CURRENT_TIMESTAMP)""");
        lines.forEach(line -> batch.bindMethods(line).bind("by", by).add());
        batch.execute();
    }

    /** Lines of one entry, or of all, after a place. */
    public List<Line> lines(Namespaces scope, @Nullable String entry, String afterEntry, int afterLine, int limit) {
        String which = entry == null ? "TRUE" : "entry_id = :entry";
        return scope.filter(handle.createQuery(COLUMNS + " WHERE " + which
                        + " AND (entry_id > :afterEntry OR (entry_id = :afterEntry AND line > :afterLine)) AND "
                        + scope.condition("namespace") + " ORDER BY entry_id, line LIMIT :limit"))
                .bind("entry", entry)
                .bind("afterEntry", afterEntry)
                .bind("afterLine", afterLine)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Line.class))
                .list();
    }
}
