package io.waybill.ledger;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Lines of invoices as they land on shipments or in buckets, each written into the money ledger as the charge it becomes. */
public final class LandingBook {
    private static final String CHARGE = """
            INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, tracking_number, side,
                kind, type, reason, amount, currency, tax_amount, carrier_category, carrier_detail, carrier_class, carrier_code,
                carrier_text, source, source_ref, invoice_number, invoice_line, match_rule, cost_center, department,
                customer_refs, occurred_at, recorded_at)
            SELECT 'chg_' || SUBSTRING(i.id FROM 5) || '.' || CAST(l.line AS VARCHAR(10)),
                COALESCE(o.namespace, i.namespace), i.account, i.carrier, o.id, o.order_id, l.shipment_uid,
                l.tracking_number, 'billed', l.kind, l.type, l.reason, l.amount, i.currency, l.tax_amount, l.carrier_category,
                l.carrier_detail, l.carrier_class, l.carrier_code, l.carrier_text, 'invoice', i.id, i.number, l.line,
                COALESCE(l.match_rule, l.bucket),
                CASE WHEN l.shipment_uid IS NOT NULL THEN (SELECT MAX(c.cost_center) FROM charge c
                    WHERE c.shipment_uid = l.shipment_uid AND c.side = 'expected') END,
                CASE WHEN l.shipment_uid IS NOT NULL THEN (SELECT MAX(c.department) FROM charge c
                    WHERE c.shipment_uid = l.shipment_uid AND c.side = 'expected') END,
                l.customer_refs, COALESCE(CAST(:invoiced AS TIMESTAMP WITH TIME ZONE), CURRENT_TIMESTAMP), CURRENT_TIMESTAMP
            FROM invoice_line l JOIN invoice i ON i.id = l.invoice_uid
            LEFT JOIN shipment s ON s.id = l.shipment_uid LEFT JOIN orders o ON o.id = s.order_uid
            WHERE l.invoice_uid = :invoice AND l.line >= :from AND l.line < :to""";

    private final Handle handle;

    LandingBook(Handle handle) {
        this.handle = handle;
    }

    /** Where a line landed. */
    public record Landed(
            int line,
            @Nullable String shipment,
            @Nullable String matchRule,
            @Nullable String bucket) {}

    /** Records where lines {@code from} to before {@code to} landed and writes them into the money ledger, once. */
    public boolean land(InvoiceRow invoice, List<Landed> lines, int to) {
        boolean next = handle.createUpdate(
                                "UPDATE invoice SET next_line = :to WHERE id = :id AND next_line = :from AND state ="
                                        + " 'PROVED'")
                        .bind("to", to)
                        .bind("id", invoice.id())
                        .bind("from", invoice.nextLine())
                        .execute()
                == 1;
        if (!next) {
            return false;
        }
        PreparedBatch landed = handle.prepareBatch("""
                UPDATE invoice_line SET shipment_uid = :shipment, match_rule = :matchRule, bucket = :bucket
                WHERE invoice_uid = :invoice AND line = :line""");
        lines.forEach(
                line -> landed.bindMethods(line).bind("invoice", invoice.id()).add());
        if (!lines.isEmpty()) {
            landed.execute();
        }
        LocalDate day = invoice.invoiceDate();
        handle.createUpdate(CHARGE)
                .bind("invoiced", day == null ? null : day.atStartOfDay().atOffset(ZoneOffset.UTC))
                .bind("invoice", invoice.id())
                .bind("from", invoice.nextLine())
                .bind("to", to)
                .execute();
        return true;
    }
}
