package io.waybill.ledger;

import org.jdbi.v3.core.Handle;

/** What of an invoice is settled: a line of the settled side for each of its lines, without what is in an open dispute. */
public final class PaymentBook {
    private static final int PAGE = 10_000;

    private static final String SETTLE = """
            INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, tracking_number, side,
                kind, type, reason, amount, currency, source, source_ref, invoice_number, invoice_line, match_rule,
                cost_center, department, occurred_at, recorded_at)
            SELECT 'chg_' || SUBSTRING(p.id FROM 5) || '.' || CAST(p.line AS VARCHAR(10)) || 'p' || CAST(p.payments AS VARCHAR(10)),
                b.namespace, b.account, b.carrier, b.order_uid, b.order_id, b.shipment_uid, b.tracking_number, 'settled',
                b.kind, b.type, b.reason, p.owed, b.currency, 'payment', p.id, b.invoice_number, b.invoice_line, b.match_rule,
                b.cost_center, b.department, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            FROM (
                SELECT i.id, i.payments, l.line, l.amount
                    - COALESCE((SELECT SUM(x.claimed - x.credited) FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
                        WHERE d.invoice_uid = i.id AND d.state = 'open' AND x.invoice_line = l.line), 0)
                    - COALESCE((SELECT SUM(c.amount) FROM charge c
                        WHERE c.invoice_number = i.number AND c.invoice_line = l.line AND c.side = 'settled'
                            AND c.source_ref = i.id), 0) AS owed
                FROM invoice i JOIN invoice_line l ON l.invoice_uid = i.id
                WHERE i.id = :invoice AND l.line >= :from AND l.line < :to) p
            JOIN charge b ON b.id = 'chg_' || SUBSTRING(p.id FROM 5) || '.' || CAST(p.line AS VARCHAR(10))
            WHERE p.owed <> 0""";

    private final Handle handle;

    PaymentBook(Handle handle) {
        this.handle = handle;
    }

    /** Settles what is owed and not settled yet; again it settles only what a dispute has withheld until now. */
    public void settle(InvoiceRow invoice) {
        int last = handle.createQuery("SELECT COALESCE(MAX(line), 0) FROM invoice_line WHERE invoice_uid = :id")
                .bind("id", invoice.id())
                .mapTo(Integer.class)
                .one();
        for (int from = 1; from <= last; from += PAGE) {
            handle.createUpdate(SETTLE)
                    .bind("invoice", invoice.id())
                    .bind("from", from)
                    .bind("to", from + PAGE)
                    .execute();
        }
    }

    /** @param state {@code PAID | PART_DISPUTED} */
    public void paid(InvoiceRow invoice, String state, String by) {
        handle.createUpdate("""
                        UPDATE invoice SET state = :state, payments = payments + 1, paid_by = :by, paid_at = CURRENT_TIMESTAMP
                        WHERE id = :id""")
                .bind("state", state)
                .bind("by", by)
                .bind("id", invoice.id())
                .execute();
    }
}
