package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Invoices that proved themselves, and their life. Their lines stand in {@link InvoiceLineBook}, what the audit found in {@link VarianceBook}. */
public final class InvoiceBook {
    private static final String COLUMNS = """
            SELECT i.id, i.file_uid, f.name AS file_name, f.passed_over, f.passed_words, i.namespace, i.account, i.carrier, i.number, i.revision,
                i.invoice_date, i.currency, i.stated_total, i.total, i.expected, i.line_count, i.state, i.next_line,
                i.not_checked, i.imported_by, i.imported_at, i.approved_by, i.approved_at, i.posted_by, i.posted_at, i.paid_by, i.paid_at
            FROM invoice i JOIN invoice_file f ON f.id = i.file_uid""";

    private static final RecordMapper<InvoiceRow> ROW = RecordMapper.of(InvoiceRow.class);
    private final Handle handle;

    InvoiceBook(Handle handle) {
        this.handle = handle;
    }

    public Optional<InvoiceRow> find(String id, Namespaces scope) {
        return rows("i.id = :id", scope, "").bind("id", id).map(ROW).findOne();
    }

    /** Newest first, those before {@code before} when it is given. */
    public List<InvoiceRow> list(Namespaces scope, @Nullable String account, @Nullable String before, int limit) {
        return rows(
                        (account == null ? "TRUE" : "i.account = :account")
                                + (before == null ? "" : " AND i.id < :before"),
                        scope,
                        " ORDER BY i.id DESC LIMIT :limit")
                .bind("account", account)
                .bind("before", before)
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    /** All revisions of one invoice, first to last. */
    public List<InvoiceRow> revisions(String account, String number) {
        return rows("i.account = :account AND i.number = :number", Namespaces.ALL, " ORDER BY i.revision")
                .bind("account", account)
                .bind("number", number)
                .map(ROW)
                .list();
    }

    /** Those proved whose lines are not all matched and audited, oldest first. */
    public List<InvoiceRow> open(int limit) {
        return rows("i.state = 'PROVED'", Namespaces.ALL, " ORDER BY i.id LIMIT :limit")
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    /** Those of its account that were taken before an invoice and are not matched and audited yet, oldest first. */
    public List<InvoiceRow> openBefore(InvoiceRow invoice) {
        return rows("i.state = 'PROVED' AND i.account = :account AND i.id < :id", Namespaces.ALL, " ORDER BY i.id")
                .bind("account", invoice.account())
                .bind("id", invoice.id())
                .map(ROW)
                .list();
    }

    /** The invoices of a file, as far as they added anything. */
    public List<InvoiceRow> ofFile(String file) {
        return rows("i.file_uid = :file", Namespaces.ALL, " ORDER BY i.id")
                .bind("file", file)
                .map(ROW)
                .list();
    }

    /** Whoever else audits it waits until this transaction is over. */
    void lock(String invoice) {
        handle.createQuery("SELECT id FROM invoice WHERE id = :id FOR UPDATE")
                .bind("id", invoice)
                .mapTo(String.class)
                .one();
    }

    /**
     * Every line is on its shipment or in a bucket, and the audit is done.
     *
     * @return whether that is news
     */
    public boolean matched(String invoice, BigDecimal expected, String notChecked) {
        boolean first = handle.createUpdate("""
                                UPDATE invoice SET state = 'MATCHED' WHERE id = :id AND state = 'PROVED'
                                AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_uid = :id AND l.line >= next_line)""").bind("id", invoice).execute() == 1;
        handle.createUpdate("""
                        UPDATE invoice SET expected = :expected, not_checked = :notChecked
                        WHERE id = :id AND state = 'MATCHED'""")
                .bind("expected", expected)
                .bind("notChecked", notChecked)
                .bind("id", invoice)
                .execute();
        return first;
    }

    public boolean approve(String invoice, String by) {
        return handle.createUpdate("""
                        UPDATE invoice SET state = 'APPROVED', approved_by = :by, approved_at = CURRENT_TIMESTAMP
                        WHERE id = :id AND state = 'MATCHED' AND imported_by <> :by""").bind("by", by).bind("id", invoice).execute() == 1;
    }

    public boolean post(String invoice, String by) {
        return handle.createUpdate("""
                        UPDATE invoice SET state = 'POSTED', posted_by = :by, posted_at = CURRENT_TIMESTAMP
                        WHERE id = :id AND state = 'APPROVED'""").bind("by", by).bind("id", invoice).execute() == 1;
    }

    private Query rows(String condition, Namespaces scope, String order) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE i.revision IS NOT NULL AND " + condition + " AND "
                + scope.condition("i.namespace") + order));
    }
}
