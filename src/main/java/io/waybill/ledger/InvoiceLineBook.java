package io.waybill.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The lines of invoices that proved themselves, and where each landed. */
public final class InvoiceLineBook {
    private static final String LINE = """
            SELECT l.line, l.copies, l.fingerprint, l.shipment_uid, l.match_rule, l.bucket, l.invoice_uid,
                l.file_row, l.account_number, l.tracking_number, l.original_number,
                l.lead_number, l.customer_refs, l.ship_date, l.delivered_on, l.service, l.zone, l.entered_weight,
                l.billed_weight, l.weight_unit, l.weight_type, l.dimensions, l.kind, l.type, l.reason, l.amount, l.list_amount,
                l.tax_amount, l.exchange_rate,
                l.carrier_category, l.carrier_detail, l.carrier_class, l.carrier_code, l.carrier_text
            FROM invoice_line l""";

    private static final String BILLING =
            LINE.replace("l.match_rule", BesideOwn.matchRule("l") + " AS match_rule") + """
             WHERE l.shipment_uid IN (<shipments>)
                AND (SELECT i.currency FROM invoice i WHERE i.id = l.invoice_uid) = :currency
            ORDER BY l.shipment_uid, l.invoice_uid, l.line""";

    /** Of lines of a corrected invoice that say the same the newest, no more than stand there. */
    private static final String IN_BUCKET = """
            SELECT i.id AS invoice_uid, i.number, l.line, l.tracking_number, l.ship_date, l.carrier_text, l.amount, i.currency
            FROM invoice i JOIN invoice_line l ON l.invoice_uid = i.id AND l.bucket = :bucket
            WHERE i.account = :account AND i.revision IS NOT NULL AND l.copies = 1 AND %s
                AND (NOT EXISTS (SELECT 1 FROM invoice c
                        WHERE c.account = i.account AND c.number = i.number AND c.revision > 1)
                    OR (SELECT SUM(CASE WHEN x.copies = 1 AND (x.invoice_uid, x.line) >= (l.invoice_uid, l.line)
                            THEN 0 ELSE x.copies END)
                        FROM invoice_line x JOIN invoice r ON r.id = x.invoice_uid
                        WHERE x.fingerprint = l.fingerprint AND x.bucket = l.bucket
                            AND ABS(COALESCE(x.tax_amount, 0)) = ABS(COALESCE(l.tax_amount, 0))
                            AND r.account = i.account AND r.number = i.number AND r.revision IS NOT NULL) >= 0)
            ORDER BY i.id DESC, l.line LIMIT :limit""";

    /** Of lines that say the same in a bucket the newest, no more than stand there; what is taken back is so before its invoice is matched. */
    private static final String STANDING_BESIDE = """
            SELECT s.invoice_uid, s.line FROM (
                SELECT x.invoice_uid, x.line, x.copies,
                    SUM(x.copies) OVER (
                        PARTITION BY x.fingerprint, x.bucket, ABS(COALESCE(x.tax_amount, 0))) AS standing,
                    ROW_NUMBER() OVER (
                        PARTITION BY x.fingerprint, x.bucket, ABS(COALESCE(x.tax_amount, 0)), x.copies
                        ORDER BY x.invoice_uid DESC, x.line DESC) AS nth
                FROM invoice_line x JOIN invoice i ON i.id = x.invoice_uid
                WHERE i.account = :account AND i.number = :number AND i.revision IS NOT NULL
                    AND x.bucket IS NOT NULL AND (x.copies = -1 OR i.state <> 'PROVED')) s
            WHERE s.copies = 1 AND s.nth <= s.standing ORDER BY s.invoice_uid, s.line""";

    /** Where lines are that are in no bucket. */
    public static final String ON_SHIPMENT = "shipment";

    private static final RecordMapper<InvoiceLine> WORDS = RecordMapper.of(InvoiceLine.class);

    private final Handle handle;

    InvoiceLineBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A line as it stands.
     *
     * @param copies 1, or -1 for one a corrected invoice took back
     * @param bucket why it is on no shipment: {@code account-fee | outside-label | unknown-account | unmatched}
     */
    public record Line(
            String invoiceUid,
            int line,
            int copies,
            String fingerprint,
            @Nullable String shipmentUid,
            @Nullable String matchRule,
            @Nullable String bucket,
            InvoiceLine words) {}

    /** A line that landed on no shipment. */
    public record Open(
            String invoiceUid,
            String number,
            int line,
            @Nullable String trackingNumber,
            @Nullable LocalDate shipDate,
            @Nullable String carrierText,
            BigDecimal amount,
            String currency) {}

    /** A line of an invoice, by the hub's id of it. */
    public record Place(String invoiceUid, int line) {}

    /** Lines that landed alike, summed. */
    public record ByPlace(
            @Nullable String matchRule, @Nullable String bucket, int lines, BigDecimal amount) {}

    /** Lines of one tracking number, summed; it is empty where they name none. */
    public record ByNumber(String number, BigDecimal amount) {}

    /** Lines from a place on, in order. */
    public List<Line> lines(String invoice, int from, int limit) {
        return lines(invoice, null, from, limit);
    }

    /** @param bucket only those in it; {@code shipment} is those on a shipment, null is all */
    public List<Line> lines(String invoice, @Nullable String bucket, int from, int limit) {
        String which = bucket == null
                ? ""
                : bucket.equals(ON_SHIPMENT) ? " AND l.shipment_uid IS NOT NULL" : " AND l.bucket = :bucket";
        Query query = handle.createQuery(LINE + " WHERE l.invoice_uid = :invoice AND l.line >= :from" + which
                + " ORDER BY l.invoice_uid, l.line LIMIT :limit");
        if (which.contains(":bucket")) {
            query.bind("bucket", bucket);
        }
        return mapped(query.bind("invoice", invoice).bind("from", from).bind("limit", limit));
    }

    /** The next shipments an invoice bills, by their ids: those of {@code limit} lines. The order names an index as a whole, or H2 sorts the rest for each page. */
    public List<String> shipments(String invoice, String after, int limit) {
        return handle
                .createQuery("""
                        SELECT shipment_uid FROM invoice_line
                        WHERE invoice_uid = :invoice AND shipment_uid > :after
                        ORDER BY invoice_uid, shipment_uid LIMIT :limit""")
                .bind("invoice", invoice)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list()
                .stream()
                .distinct()
                .toList();
    }

    /**
     * Every line that bills one of these shipments in a currency, of whichever invoice, in the order they were taken in; one of a
     * label that has become its shipment's own since is matched as that.
     */
    public List<Line> billing(List<String> shipments, String currency) {
        return mapped(
                handle.createQuery(BILLING).bindList("shipments", shipments).bind("currency", currency));
    }

    /** Lines on no shipment, in order. */
    public List<Line> beside(String invoice, int after, int limit) {
        return mapped(handle.createQuery(LINE + """
                         WHERE l.invoice_uid = :invoice AND l.shipment_uid IS NULL AND l.line > :after
                        ORDER BY l.invoice_uid, l.line LIMIT :limit""")
                .bind("invoice", invoice)
                .bind("after", after)
                .bind("limit", limit));
    }

    /** Lines by their places, in order; the places are ascending, and some. */
    public List<Line> lines(String invoice, List<Integer> places) {
        return mapped(handle.createQuery(LINE + """
                         WHERE l.invoice_uid = :invoice AND l.line >= :first AND l.line <= :last AND l.line IN (<places>)
                        ORDER BY l.invoice_uid, l.line""")
                .bind("invoice", invoice)
                .bind("first", places.get(0))
                .bind("last", places.get(places.size() - 1))
                .bindList("places", places));
    }

    /** The places of the lines on no shipment that stand on an invoice: of each of its revisions, in order. */
    public SortedMap<String, List<Integer>> standingBeside(InvoiceRow invoice) {
        SortedMap<String, List<Integer>> places = new TreeMap<>();
        handle.createQuery(STANDING_BESIDE)
                .bind("account", invoice.account())
                .bind("number", invoice.number())
                .map((row, context) -> places.computeIfAbsent(row.getString(1), unused -> new ArrayList<>())
                        .add(row.getInt(2)))
                .list();
        return places;
    }

    /**
     * The lines of an account's invoices in one bucket, without what was taken back there, those of the newest invoice first.
     *
     * @param after where the page before ended; null for the first
     */
    public List<Open> inBucket(Namespaces scope, String account, String bucket, @Nullable Place after, int limit) {
        String behind = after == null ? "" : " AND i.id <= :invoice AND (i.id < :invoice OR l.line > :line)";
        Query query = scope.filter(handle.createQuery(IN_BUCKET.formatted(scope.condition("i.namespace") + behind)))
                .bind("account", account)
                .bind("bucket", bucket)
                .bind("limit", limit);
        if (after != null) {
            query.bind("invoice", after.invoiceUid()).bind("line", after.line());
        }
        return query.map(ConstructorMapper.of(Open.class)).list();
    }

    public List<ByPlace> places(String invoice) {
        return handle.createQuery("""
                        SELECT match_rule, bucket, COUNT(*) AS lines, SUM(amount) AS amount FROM invoice_line
                        WHERE invoice_uid = :id GROUP BY match_rule, bucket ORDER BY match_rule, bucket""")
                .bind("id", invoice)
                .map(ConstructorMapper.of(ByPlace.class))
                .list();
    }

    /** What an invoice charges in a bucket, by tracking number. */
    public List<ByNumber> byNumber(String invoice, String bucket) {
        return handle.createQuery("""
                        SELECT COALESCE(tracking_number, '') AS number, SUM(amount) AS amount FROM invoice_line
                        WHERE invoice_uid = :id AND bucket = :bucket GROUP BY COALESCE(tracking_number, '')""")
                .bind("id", invoice)
                .bind("bucket", bucket)
                .map(ConstructorMapper.of(ByNumber.class))
                .list();
    }

    private static List<Line> mapped(Query query) {
        return query.map(new LineMapper()).list();
    }

    /** What was matched, and the words of the invoice. */
    private static final class LineMapper implements RowMapper<Line> {
        @Override
        public Line map(ResultSet row, StatementContext context) throws SQLException {
            return specialize(row, context).map(row, context);
        }

        @Override
        public RowMapper<Line> specialize(ResultSet row, StatementContext context) throws SQLException {
            RowMapper<InvoiceLine> words = WORDS.specialize(row, context);
            return (each, unused) -> new Line(
                    each.getString("invoice_uid"),
                    each.getInt("line"),
                    each.getInt("copies"),
                    each.getString("fingerprint"),
                    each.getString("shipment_uid"),
                    each.getString("match_rule"),
                    each.getString("bucket"),
                    words.map(each, unused));
        }
    }
}
