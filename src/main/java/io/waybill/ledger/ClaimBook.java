package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How much of a number that is no shipment's can still be claimed back, all revisions of its invoice together. */
public final class ClaimBook {
    private static final String OF_NUMBER = """
            SELECT i.revision, COALESCE(SUM(l.amount), 0) AS net, (
                SELECT COALESCE(SUM(x.claimed), 0) FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
                WHERE d.invoice_uid = i.id AND x.shipment_uid IS NULL AND x.rule_name = :rule
                    AND %2$s = %3$s) AS claimed
            FROM invoice i LEFT JOIN invoice_line l
                ON l.invoice_uid = i.id AND l.bucket = :rule AND %1$s = %3$s
            WHERE i.account = :account AND i.number = :invoice AND i.revision IS NOT NULL
            GROUP BY i.id, i.revision ORDER BY i.revision""".formatted(
                    PlainNumber.of("l.tracking_number"),
                    PlainNumber.of("x.tracking_number"),
                    PlainNumber.of(":trackingNumber"));

    private final Handle handle;

    ClaimBook(Handle handle) {
        this.handle = handle;
    }

    /** What a revision of an invoice charges of a number, less what it takes back, and what of it is claimed. */
    public record Revision(int revision, BigDecimal net, BigDecimal claimed) {}

    /**
     * What can still be claimed of a number that is no shipment's, of a revision of an invoice: what stands billed of it then, less
     * what was claimed of it and not taken back afterwards. To be asked under its {@link #lock}.
     *
     * @return never below 0
     */
    public BigDecimal claimable(InvoiceRow invoice, VarianceBook.Variance finding) {
        BigDecimal standing = BigDecimal.ZERO;
        BigDecimal waitedFor = BigDecimal.ZERO;
        BigDecimal claimedLater = BigDecimal.ZERO;
        for (Revision one : revisions(invoice, finding)) {
            if (one.revision() > invoice.revision()) {
                claimedLater = claimedLater.add(one.claimed());
            } else {
                standing = standing.add(one.net());
                BigDecimal takenBack = one.net().negate().max(BigDecimal.ZERO);
                waitedFor = waitedFor.subtract(takenBack).max(BigDecimal.ZERO).add(one.claimed());
            }
        }
        return standing.subtract(waitedFor).subtract(claimedLater).max(BigDecimal.ZERO);
    }

    /** Lets nobody else claim of the invoice, nor audit it anew, until this is committed. */
    public void lock(InvoiceRow invoice) {
        handle.createQuery("""
                        SELECT id FROM invoice WHERE account = :account AND number = :invoice AND revision IS NOT NULL
                        ORDER BY revision FOR UPDATE""")
                .bind("account", invoice.account())
                .bind("invoice", invoice.number())
                .mapTo(String.class)
                .list();
    }

    private List<Revision> revisions(InvoiceRow invoice, VarianceBook.Variance finding) {
        return handle.createQuery(OF_NUMBER)
                .bind("rule", finding.rule())
                .bind("trackingNumber", finding.trackingNumber())
                .bind("account", invoice.account())
                .bind("invoice", invoice.number())
                .map(ConstructorMapper.of(Revision.class))
                .list();
    }
}
