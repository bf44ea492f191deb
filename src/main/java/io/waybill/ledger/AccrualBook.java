package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What labels will still cost: their prices, less what posted invoices bill of them and what will not be billed any more. */
public final class AccrualBook {
    /** A line the carrier gives a reason for: it corrects what the parcel was, and bills nothing of what it was said to cost. */
    private static final String CORRECTS = "COALESCE(c.reason, '') IN ('SCC', 'RADJ', 'ADC', 'ZONE', 'RTS')";

    private static final String TAX = "c.type IN ('tax', 'duties_and_taxes', 'brokerage_fee')";

    /** What comes on top of a price is no part of what is owed: a correction, and a tax of a type nobody said a price of. */
    private static final String ON_TOP = """
            c.side = 'billed' AND ((""" + CORRECTS + """
            ) OR (""" + TAX + """
            ) AND NOT EXISTS (
                SELECT 1 FROM charge e WHERE e.shipment_uid = c.shipment_uid AND e.side = 'expected' AND e.type = c.type
                    AND e.recorded_at < :asOf))""";

    /** Rules that find something of all lines of a shipment together. */
    private static final String WHOLE = "f.rule_name IN ('invoice-corrected', 'manifested-not-shipped')";

    /** What was found of all lines counts as far as it is of the price. */
    private static final String OF_PRICE = """
            CASE WHEN (""" + WHOLE + """
            ) THEN LEAST(0, f.amount - COALESCE((SELECT SUM(c.amount) FROM charge c
                    WHERE c.shipment_uid = f.shipment_uid AND c.source_ref = f.invoice_uid AND (""" + ON_TOP + """
            )), 0)) ELSE f.amount END""";

    /** What of a price will not be billed any more: given back, too little to ask for, or decided by a person. */
    private static final String NOT_OWED = """
            COALESCE((SELECT SUM(""" + OF_PRICE + """
            ) FROM invoice_finding f JOIN invoice w ON w.id = f.invoice_uid
                    LEFT JOIN variance_decision v ON v.finding_id = f.id AND v.decided_at < :asOf
                WHERE f.shipment_uid = o.shipment_uid AND w.posted_at < :asOf
                    AND w.account = o.account AND w.currency = o.currency AND f.rule_name <> 'duties-and-taxes'
                    AND (f.rule_name = 'credit-received'
                        OR (f.amount < 0 AND f.rule_name = 'within-tolerance')
                        OR ((f.amount < 0 OR (""" + WHOLE + """
            )) AND v.decision IN ('accepted', 'written-off')))
                    AND NOT (f.rule_name IN ('weight-correction', 'minimum-weight', 'residential-correction',
                            'address-correction', 'zone-correction', 'returned')
                        AND EXISTS (SELECT 1 FROM charge c WHERE c.shipment_uid = f.shipment_uid
                            AND c.source_ref = f.invoice_uid AND c.invoice_line = f.line AND (""" + CORRECTS + """
            )))), 0)""";

    /**
     * What ends a price in one currency: a person accepts an invoice in another that bills it, not its taxes alone, and corrected
     * invoices do not take all of that back. A later credit does not make it owed again.
     */
    private static final String BILLED_ELSEWHERE = """
            SELECT 1 FROM invoice_finding f JOIN invoice w ON w.id = f.invoice_uid
                JOIN variance_decision v ON v.finding_id = f.id
            WHERE f.shipment_uid = o.shipment_uid AND f.rule_name IN ('currency-differs', 'invoice-corrected')
                AND w.posted_at < :asOf AND w.account = o.account AND w.currency <> o.currency
                AND v.decision IN ('accepted', 'written-off') AND v.decided_at < :asOf
                AND EXISTS (SELECT 1 FROM charge c JOIN invoice i ON i.id = c.source_ref
                        JOIN invoice_line l ON l.invoice_uid = i.id AND l.line = c.invoice_line
                    WHERE c.shipment_uid = f.shipment_uid AND c.side = 'billed' AND c.amount * l.copies > 0
                        AND NOT (""" + TAX + """
            ) AND NOT (""" + CORRECTS + """
            )
                        AND i.account = w.account AND i.currency = w.currency AND i.posted_at < :asOf
                    GROUP BY c.shipment_uid
                    HAVING SUM(c.amount) > 0 AND MAX(CASE WHEN i.id = w.id THEN c.amount END) > 0)""";

    /** Shipment by shipment, so that what is billed too high for one lowers nothing of another. */
    private static final String OWED = """
            SELECT o.namespace, o.account, o.carrier, o.cost_center, o.currency, o.billed,
                o.expected + """ + NOT_OWED + """
             AS expected
            FROM (SELECT c.shipment_uid, c.namespace, c.account, MAX(c.carrier) AS carrier,
                    COALESCE(MAX(c.cost_center), '') AS cost_center, c.currency,
                    SUM(CASE WHEN c.side = 'expected' THEN c.amount ELSE 0 END) AS expected,
                    SUM(CASE WHEN i.posted_at < :asOf THEN c.amount ELSE 0 END) AS billed
                FROM charge c LEFT JOIN invoice i ON c.side = 'billed' AND i.id = c.source_ref
                WHERE c.side IN ('expected', 'billed') AND c.shipment_uid IS NOT NULL AND c.recorded_at < :asOf AND %s
                    AND NOT (""" + ON_TOP + """
            )
                    AND (COALESCE(c.charge_event, '') <> 'on_carrier_acceptance' OR EXISTS (
                        SELECT 1 FROM tracking_event t WHERE t.shipment_uid = c.shipment_uid AND t.recorded_at < :asOf
                            AND t.status NOT IN ('pending', 'unknown', 'cancelled'))
                        OR (SELECT SUM(b.amount) FROM charge b WHERE b.shipment_uid = c.shipment_uid
                            AND b.side = 'billed' AND b.recorded_at < :asOf) > 0)
                GROUP BY c.shipment_uid, c.namespace, c.account, c.currency) o
            WHERE o.expected > o.billed AND NOT EXISTS (""" + BILLED_ELSEWHERE + """
            )""";

    private static final String ACCRUALS = """
            SELECT p.namespace, p.account, MAX(p.carrier) AS carrier, p.cost_center, p.currency,
                SUM(p.expected) AS expected, SUM(p.billed) AS billed, COUNT(*) AS shipments
            FROM (""" + OWED + """
            ) p
            WHERE p.expected > p.billed
            GROUP BY p.namespace, p.account, p.cost_center, p.currency
            ORDER BY p.account, p.namespace, p.cost_center, p.currency""";

    private static final RecordMapper<Accrual> ACCRUAL = RecordMapper.of(Accrual.class);

    private final Handle handle;

    AccrualBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * What is owed and not in the books: of the shipments with something owed.
     *
     * @param costCenter empty for none
     * @param expected without what will not be billed any more
     * @param billed by posted invoices, without what comes on top of a price
     */
    public record Accrual(
            String namespace,
            String account,
            String carrier,
            String costCenter,
            String currency,
            BigDecimal expected,
            BigDecimal billed,
            long shipments) {
        public BigDecimal amount() {
            return expected.subtract(billed);
        }
    }

    /**
     * What shipments were expected to cost beyond what posted invoices bill of them, each never less than nothing, by what
     * was recorded before a moment: the same question is answered the same later.
     */
    public List<Accrual> asOf(Namespaces scope, Instant moment) {
        Query query = scope.filter(handle.createQuery(ACCRUALS.formatted(scope.condition("c.namespace"))));
        return query.bind("asOf", moment.atOffset(ZoneOffset.UTC)).map(ACCRUAL).list();
    }
}
