package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Shipments beside their money. Sides are never added to each other, nor currencies. */
public final class MoneyBook {
    /** Of each parcel what the newest line that stands says of its weight; weights in two units are not added up. */
    private static final String WEIGHTS = """
            SELECT p.shipment_uid, SUM(p.entered_weight) AS entered_weight, SUM(p.billed_weight) AS billed_weight,
                MAX(p.weight_unit) AS weight_unit
            FROM (
                SELECT l.shipment_uid, l.entered_weight, l.billed_weight, l.weight_unit,
                    ROW_NUMBER() OVER (PARTITION BY l.shipment_uid, l.tracking_number
                        ORDER BY l.invoice_uid DESC, l.line DESC) AS newest
                FROM (
                    SELECT x.*, SUM(x.copies) OVER (PARTITION BY x.shipment_uid, i.number, x.fingerprint) AS standing,
                        ROW_NUMBER() OVER (PARTITION BY x.shipment_uid, i.number, x.fingerprint, x.copies
                            ORDER BY x.invoice_uid DESC, x.line DESC) AS nth
                    FROM invoice_line x JOIN invoice i ON i.id = x.invoice_uid
                    WHERE x.shipment_uid IN (<ids>) AND i.revision IS NOT NULL) l
                WHERE l.copies = 1 AND l.nth <= l.standing AND (l.entered_weight > 0 OR l.billed_weight > 0)) p
            WHERE p.newest = 1
            GROUP BY p.shipment_uid HAVING COUNT(DISTINCT COALESCE(p.weight_unit, '')) = 1""";

    private static final String SHIPMENTS = """
            SELECT s.id AS shipment, o.order_id, o.reference, s.account, s.service, s.state, s.bought_at,
                (SELECT STRING_AGG(n.number_value, ' ' ORDER BY n.parcel) FROM shipment_number n
                    WHERE n.shipment_uid = s.id AND n.kind = 'tracking' AND n.replaced_at IS NULL) AS tracking_number,
                w.entered_weight, w.billed_weight, w.weight_unit
            FROM shipment s JOIN orders o ON o.id = s.order_uid LEFT JOIN (""" + WEIGHTS + """
            ) w ON w.shipment_uid = s.id
            WHERE s.id IN (<ids>) ORDER BY s.id""";

    /** What bills a shipment in a currency is told on its row; where nothing does, what bills it in another. */
    private static final String SUMS = """
            SELECT m.*,
                (SELECT j.entry_id FROM journal_line j WHERE j.shipment_uid = m.shipment AND j.kind = 'INVOICE'
                    AND (j.currency = m.currency OR m.bills = 0)
                    ORDER BY j.recorded_at DESC, j.entry_id DESC LIMIT 1) AS journal_entry,
                (SELECT f.rule_name FROM invoice_finding f JOIN invoice i ON i.id = f.invoice_uid
                    WHERE f.shipment_uid = m.shipment AND (i.currency = m.currency OR m.bills = 0) GROUP BY f.rule_name
                    ORDER BY ABS(SUM(f.amount)) DESC, MIN(f.id) LIMIT 1) AS reason,
                (SELECT b.invoice_number FROM charge b WHERE b.shipment_uid = m.shipment AND b.side = 'billed'
                    AND (b.currency = m.currency OR m.bills = 0) ORDER BY b.id DESC LIMIT 1) AS invoice_number,
                (SELECT b.invoice_line FROM charge b WHERE b.shipment_uid = m.shipment AND b.side = 'billed'
                    AND (b.currency = m.currency OR m.bills = 0) ORDER BY b.id DESC LIMIT 1) AS invoice_line
            FROM (SELECT c.shipment_uid AS shipment, c.currency, MAX(c.cost_center) AS cost_center,
                COUNT(CASE WHEN c.side = 'billed' THEN 1 END) AS bills,
                SUM(CASE WHEN c.side = 'quoted' THEN c.amount ELSE 0 END) AS quoted,
                SUM(CASE WHEN c.side = 'expected' THEN c.amount ELSE 0 END) AS expected,
                SUM(CASE WHEN c.side = 'billed' THEN c.amount ELSE 0 END) AS billed,
                SUM(CASE WHEN c.side = 'billed' AND c.amount * COALESCE(l.copies, 1) < 0
                    AND c.type NOT IN ('shipping', 'discount') THEN c.amount ELSE 0 END)
                    + LEAST(0, SUM(CASE WHEN c.side = 'billed'
                        AND c.amount * COALESCE(l.copies, 1) * CASE c.type WHEN 'shipping' THEN 1 WHEN 'discount' THEN -1 ELSE 0 END < 0
                        THEN c.amount ELSE 0 END)) AS refunded
            FROM charge c LEFT JOIN invoice_line l
                ON c.side = 'billed' AND l.invoice_uid = c.source_ref AND l.line = c.invoice_line
            WHERE c.shipment_uid IN (<ids>)
            GROUP BY c.shipment_uid, c.currency) m ORDER BY m.shipment, m.currency""";

    /** No line of an invoice stands that is of the shipment's own label: a corrected one takes lines back. */
    private static final String NO_BILL = """
            (NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.shipment_uid = s.id AND {own})
                OR (EXISTS (SELECT 1 FROM invoice_line l WHERE l.shipment_uid = s.id AND l.copies = -1 AND {own})
                    AND (SELECT SUM(l.copies) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_uid
                        WHERE l.shipment_uid = s.id AND i.revision IS NOT NULL AND {own}) <= 0))""".replace("{own}", "NOT " + BesideOwn.is("l"));

    private static final String WITHOUT_BILL = "SELECT s.id FROM shipment s WHERE s.id IN (<ids>) AND " + NO_BILL;

    /** What a line names by the number its carrier knows a label beside the shipment's own by is of none of the others. */
    private static final String OF_ANOTHER = """
            EXISTS (SELECT 1 FROM orphan a WHERE a.shipment_uid = s.id AND a.carrier_shipment <> c.tracking_number
                AND {known} = {said})""".replace("{known}", PlainNumber.of("a.carrier_shipment"))
            .replace("{said}", PlainNumber.of("b.tracking_number"));

    /** What a label beside the shipment's own is expected to cost is none of it once that is billed. */
    private static final String NEVER_BILLED =
            """
            SELECT s.id AS shipment, o.order_id, s.bought_at, c.currency, SUM(c.amount) AS expected,
                (SELECT MIN(n.number_value) FROM shipment_number n
                    WHERE n.shipment_uid = s.id AND n.kind = 'tracking' AND n.replaced_at IS NULL) AS tracking_number
            FROM shipment s JOIN orders o ON o.id = s.order_uid
            JOIN charge c ON c.shipment_uid = s.id AND c.side = 'expected'
                AND (COALESCE(c.reason, '') <> 'orphan'
                    OR COALESCE((SELECT SUM(b.copies) FROM invoice_line b JOIN invoice i ON i.id = b.invoice_uid
                        WHERE b.shipment_uid = s.id AND i.revision IS NOT NULL AND {beside} AND NOT {other}), 0) <= 0)
            WHERE s.account = :account AND s.bought_at < :until AND s.id >= :shipment
                AND (s.id > :shipment OR c.currency > :currency) AND %s AND %s
            GROUP BY s.id, o.order_id, s.bought_at, c.currency HAVING SUM(c.amount) <> 0
            ORDER BY s.id, c.currency LIMIT :limit""".replace("{beside}", BesideOwn.is("b")).replace("{other}", OF_ANOTHER);

    private static final RecordMapper<Shipped> SHIPPED = RecordMapper.of(Shipped.class);
    private static final RecordMapper<Sums> SUMMED = RecordMapper.of(Sums.class);
    private static final RecordMapper<Unbilled> UNBILLED = RecordMapper.of(Unbilled.class);

    private static final String BILLED_UNTIL = """
            SELECT MAX(l.ship_date) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_uid
            WHERE i.account = :account AND i.revision IS NOT NULL %s""";

    private static final String BILLS_ONE = """
            AND (%s OR EXISTS (
                SELECT 1 FROM invoice_line b JOIN shipment s ON s.id = b.shipment_uid JOIN orders o ON o.id = s.order_uid
                WHERE b.invoice_uid = i.id AND %s))""";

    private final Handle handle;

    MoneyBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A shipment and its money, currency by currency.
     *
     * @param trackingNumber of all its parcels, with a blank between them
     * @param enteredWeight of all its parcels, as {@code billedWeight}; null where their units differ
     */
    public record Shipped(
            String shipment,
            String orderId,
            @Nullable String reference,
            @Nullable String account,
            @Nullable String service,
            ShipmentState state,
            @Nullable Instant boughtAt,
            @Nullable String trackingNumber,
            @Nullable BigDecimal enteredWeight,
            @Nullable BigDecimal billedWeight,
            @Nullable String weightUnit) {}

    /**
     * The sides of a shipment in one currency.
     *
     * @param refunded what of the bill is credits, a transport's less the discount taken back with it; discounts are none, nor is what a corrected invoice takes back of a charge; what it takes back of a credit is none any more
     * @param journalEntry the entry its invoice was posted under last
     * @param reason the rule that explains most of the variance, all its findings together
     * @param invoiceNumber the invoice that billed it last
     */
    public record Sums(
            String shipment,
            String currency,
            @Nullable String costCenter,
            BigDecimal quoted,
            BigDecimal expected,
            BigDecimal billed,
            BigDecimal refunded,
            @Nullable String journalEntry,
            @Nullable String reason,
            @Nullable String invoiceNumber,
            @Nullable Integer invoiceLine) {}

    /** A label of which no line of an invoice stands. */
    public record Unbilled(
            String shipment,
            String orderId,
            Instant boughtAt,
            String currency,
            BigDecimal expected,
            @Nullable String trackingNumber) {}

    /** Sold shipments, and those billed all the same, after one, by their ids. */
    public List<Shipped> crosswalk(Namespaces scope, @Nullable String account, String after, int limit) {
        List<String> ids = scope.filter(handle.createQuery("""
                        SELECT p.id FROM shipment p
                        WHERE p.id > :after AND (p.state IN ('BOUGHT', 'VOIDING', 'LABELLED', 'VOIDED')
                                OR EXISTS (SELECT 1 FROM charge b WHERE b.shipment_uid = p.id AND b.side = 'billed'))
                            AND EXISTS (SELECT 1 FROM orders q WHERE q.id = p.order_uid AND """ + " "
                        + scope.condition("q.namespace") + ")" + (account == null ? "" : " AND p.account = :account")
                        + " ORDER BY p.id LIMIT :limit"))
                .bind("after", after)
                .bind("limit", limit)
                .bind("account", account)
                .mapTo(String.class)
                .list();
        return ids.isEmpty()
                ? List.of()
                : handle.createQuery(SHIPMENTS)
                        .bindList("ids", ids)
                        .map(SHIPPED)
                        .list();
    }

    /** The sides of these shipments. */
    public List<Sums> sums(List<String> shipments) {
        return shipments.isEmpty()
                ? List.of()
                : handle.createQuery(SUMS)
                        .bindList("ids", shipments)
                        .map(SUMMED)
                        .list();
    }

    /** Those of these shipments of whose own label no line of an invoice stands. */
    Set<String> withoutBill(Collection<String> shipments) {
        return Set.copyOf(handle.createQuery(WITHOUT_BILL)
                .bindList("ids", List.copyOf(shipments))
                .mapTo(String.class)
                .list());
    }

    /**
     * Labels bought before the end of a day of which no invoice says anything, or says it no more.
     *
     * @param shipment where the page before ended, as {@code currency}; empty for the first
     */
    public List<Unbilled> neverBilled(
            Namespaces scope, String account, LocalDate until, String shipment, String currency, int limit) {
        return scope.filter(handle.createQuery(NEVER_BILLED.formatted(scope.condition("o.namespace"), NO_BILL)))
                .bind("account", account)
                .bind("until", until.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .bind("shipment", shipment)
                .bind("currency", currency)
                .bind("limit", limit)
                .map(UNBILLED)
                .list();
    }

    /** The last day the account's invoices bill shipments of; of those in the scope, and those that bill a shipment in it. */
    public Optional<LocalDate> billedUntil(Namespaces scope, String account) {
        return scope.filter(handle.createQuery(BILLED_UNTIL.formatted(
                        scope.all()
                                ? ""
                                : BILLS_ONE.formatted(scope.condition("i.namespace"), scope.condition("o.namespace")))))
                .bind("account", account)
                .mapTo(LocalDate.class)
                .findOne();
    }
}
