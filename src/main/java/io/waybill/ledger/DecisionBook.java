package io.waybill.ledger;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What people decided about the findings of an audit: each once, and once more after the carrier's no. */
public final class DecisionBook {
    private final Handle handle;

    DecisionBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * Decides about a finding, once.
     *
     * @param decision {@code accepted | disputed | written-off}
     */
    public boolean decide(VarianceBook.Variance finding, String decision, @Nullable String reason, String by) {
        return handle.createUpdate("""
                        INSERT INTO variance_decision (finding_id, invoice_uid, decision, reason, decided_by, decided_at)
                        SELECT :finding, :invoice, :decision, :reason, :by, CURRENT_TIMESTAMP
                        WHERE NOT EXISTS (SELECT 1 FROM variance_decision WHERE finding_id = :finding)""")
                        .bind("finding", finding.id())
                        .bind("invoice", finding.invoiceUid())
                        .bind("decision", decision)
                        .bind("reason", reason)
                        .bind("by", by)
                        .execute()
                == 1;
    }

    /** After the carrier's no: what was disputed is accepted or written off. */
    public boolean decideAnew(String finding, String decision, @Nullable String reason, String by) {
        return handle.createUpdate("""
                        UPDATE variance_decision SET decision = :decision, reason = :reason, decided_by = :by,
                            decided_at = CURRENT_TIMESTAMP
                        WHERE finding_id = :finding AND decision = 'disputed' AND EXISTS (
                            SELECT 1 FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
                            WHERE x.finding_id = :finding AND d.state IN ('rejected', 'part-credited'))""")
                        .bind("finding", finding)
                        .bind("decision", decision)
                        .bind("reason", reason)
                        .bind("by", by)
                        .execute()
                == 1;
    }

    /** Whether anybody decided anything about an invoice. */
    public boolean isDecided(String invoice) {
        return handle.createQuery("SELECT COUNT(*) FROM variance_decision WHERE invoice_uid = :invoice")
                        .bind("invoice", invoice)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }
}
