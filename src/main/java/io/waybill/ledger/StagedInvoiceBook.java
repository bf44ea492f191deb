package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Invoices of a file that is not read to its end, with their lines: nobody sees them before they are proved. Who writes them has the
 * file, as {@link InvoiceFileBook} says in the same transaction.
 */
public final class StagedInvoiceBook {
    private static final String STAGE = """
            INSERT INTO invoice_line (invoice_uid, line, file_row, account_number, tracking_number, original_number,
                lead_number, customer_refs, ship_date, delivered_on, service, zone, entered_weight, billed_weight,
                weight_unit, weight_type, dimensions, kind, type, reason, amount, list_amount, tax_amount, exchange_rate, carrier_category, carrier_detail,
                carrier_class, carrier_code, carrier_text, fingerprint, copies)
            VALUES (:invoice, :line, :fileRow, :accountNumber, :trackingNumber, :originalNumber,
                :leadNumber, :customerRefs, :shipDate, :deliveredOn, :service, :zone, :enteredWeight, :billedWeight,
                :weightUnit, :weightType, :dimensions, :kind, :type, :reason, :amount, :listAmount, :taxAmount, :exchangeRate, :carrierCategory, :carrierDetail,
                :carrierClass, :carrierCode, :carrierText, :fingerprint, 1)""";

    private static final String SUMS = """
            SELECT i.id, i.number, i.currency, i.stated_total, COALESCE(SUM(l.amount), 0) AS total, COUNT(l.line) AS lines
            FROM invoice i LEFT JOIN invoice_line l ON l.invoice_uid = i.id
            WHERE i.file_uid = :file
            GROUP BY i.id, i.number, i.currency, i.stated_total ORDER BY i.id""";

    private static final String RENAME = """
            INSERT INTO invoice (id, file_uid, namespace, account, carrier, number, invoice_date, currency, stated_total,
                line_count, state, next_line, imported_by, imported_at)
            SELECT :new, file_uid, namespace, account, carrier, :number, invoice_date, currency, stated_total,
                line_count, state, next_line, imported_by, imported_at
            FROM invoice WHERE id = :id""";

    private final Handle handle;

    StagedInvoiceBook(Handle handle) {
        this.handle = handle;
    }

    /** An invoice as its first line tells it. */
    public record Head(
            String id,
            String number,
            @Nullable LocalDate invoiceDate,
            String currency,
            @Nullable BigDecimal statedTotal) {}

    /** @param lines on record so far */
    public record Staged(
            String id,
            String number,
            String currency,
            @Nullable BigDecimal statedTotal,
            BigDecimal total,
            int lines) {}

    /** Whose an invoice is. */
    public record Owner(String namespace, String account, String carrier, String by) {}

    /**
     * A line with its place.
     *
     * @param fingerprint the same for the same words and figures
     */
    public record Placed(String invoice, int line, String fingerprint, InvoiceLine words) {}

    public void begin(String file, Head head, Owner owner) {
        handle.createUpdate("""
                        INSERT INTO invoice (id, file_uid, namespace, account, carrier, number, invoice_date, currency,
                            stated_total, line_count, state, next_line, imported_by, imported_at)
                        VALUES (:id, :file, :namespace, :account, :carrier, :number, :invoiceDate, :currency,
                            :statedTotal, 0, 'IMPORTED', 1, :by, CURRENT_TIMESTAMP)""")
                .bind("file", file)
                .bindMethods(owner)
                .bindMethods(head)
                .execute();
    }

    /** Says what an invoice comes to, where its first rows did not. */
    public void state(String invoice, BigDecimal total) {
        handle.createUpdate("UPDATE invoice SET stated_total = :total WHERE id = :id")
                .bind("total", total)
                .bind("id", invoice)
                .execute();
    }

    public void stage(List<Placed> lines) {
        if (!lines.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch(STAGE);
            lines.forEach(
                    line -> batch.bindMethods(line).bindMethods(line.words()).add());
            batch.execute();
        }
    }

    /** What each staged invoice comes to. */
    public List<Staged> sums(String file) {
        return handle.createQuery(SUMS)
                .bind("file", file)
                .map(ConstructorMapper.of(Staged.class))
                .list();
    }

    /**
     * Puts a staged invoice behind those of its account that were shown since it was begun: which came first is told by their ids.
     * To be called under {@link InvoiceFileBook#alone}.
     *
     * @return the invoice as it stands then
     */
    public Staged last(Staged staged, String account) {
        return handle.createQuery("""
                        SELECT id FROM invoice WHERE account = :account AND revision IS NOT NULL AND id > :id
                        ORDER BY id DESC LIMIT 1""")
                .bind("account", account)
                .bind("id", staged.id())
                .mapTo(String.class)
                .findOne()
                .map(shown -> renamed(staged, Ids.nextAfter(shown, "inv")))
                .orElse(staged);
    }

    private Staged renamed(Staged staged, String id) {
        handle.createUpdate("UPDATE invoice SET number = id WHERE id = :id")
                .bind("id", staged.id())
                .execute();
        for (String change : List.of(RENAME, "UPDATE invoice_line SET invoice_uid = :new WHERE invoice_uid = :id")) {
            handle.createUpdate(change)
                    .bind("new", id)
                    .bind("id", staged.id())
                    .bind("number", staged.number())
                    .execute();
        }
        drop(staged.id());
        return new Staged(id, staged.number(), staged.currency(), staged.statedTotal(), staged.total(), staged.lines());
    }

    /** Removes a staged invoice. */
    public void drop(String invoice) {
        handle.createUpdate("DELETE FROM invoice_line WHERE invoice_uid = :id")
                .bind("id", invoice)
                .execute();
        handle.createUpdate("DELETE FROM invoice WHERE id = :id AND state = 'IMPORTED'")
                .bind("id", invoice)
                .execute();
    }

    /** Removes what is staged of a file. */
    void dropOf(String file) {
        handle.createQuery("SELECT id FROM invoice WHERE file_uid = :file")
                .bind("file", file)
                .mapTo(String.class)
                .list()
                .forEach(this::drop);
    }
}
