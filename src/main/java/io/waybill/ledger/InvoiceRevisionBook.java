package io.waybill.ledger;

import io.waybill.ledger.StagedInvoiceBook.Staged;
import io.waybill.text.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** One invoice after another under the same number: what a staged one changes of those on record, and how it joins them. */
public final class InvoiceRevisionBook {
    /** The tax in the amount of a line, which its fingerprint lacks; what took it back says it the other way round. */
    private static final String TAX =
            "CASE WHEN %1$s.tax_amount = %1$s.amount THEN 0 ELSE COALESCE(%1$s.tax_amount, 0) * %1$s.copies END";

    /**
     * The lines on record under a number beside those of the staged invoice, which are {@code fresh}; each with how many copies of
     * what it says stand on record, and how many are staged. One pass, without a join: H2 asks a joined sum anew for each row.
     */
    private static final String BESIDE_EACH_OTHER = """
            SELECT x.*, {tax of x} AS tax, CASE WHEN i.id = :staged THEN 1 ELSE 0 END AS fresh,
                SUM(CASE WHEN i.id = :staged THEN 0 ELSE x.copies END) OVER (
                    PARTITION BY x.fingerprint, {tax of x}) AS known,
                SUM(CASE WHEN i.id = :staged THEN 1 ELSE 0 END) OVER (
                    PARTITION BY x.fingerprint, {tax of x}) AS staged
            FROM invoice_line x JOIN invoice i ON i.id = x.invoice_uid
            WHERE i.account = :account AND i.number = :number
                AND (i.revision IS NOT NULL OR (i.id = :staged AND x.copies = 1))""";

    /** Lines of the staged invoice that are on record already, each copy once: asked for first, for H2 asks anew for each row it deletes. */
    private static final String SAID_AGAIN = withTax("""
            SELECT n.line FROM (
                SELECT b.line, b.known, b.fresh,
                    ROW_NUMBER() OVER (PARTITION BY b.fingerprint, b.tax, b.fresh ORDER BY b.line) AS nth
                FROM ({beside}) b) n
            WHERE n.fresh = 1 AND n.nth <= n.known""");

    private static final String KNOWN = """
            SELECT r.fingerprint, r.tax, SUM(r.copies) AS copies FROM (
                SELECT l.fingerprint, l.copies, {tax of l} AS tax
                FROM invoice_line l JOIN invoice i ON i.id = l.invoice_uid
                WHERE i.account = :account AND i.number = :number AND i.revision IS NOT NULL) r
            GROUP BY r.fingerprint, r.tax HAVING SUM(r.copies) > 0""";

    /**
     * What was on record and is not on the corrected invoice any more, taken back in lines of its own, each where the line it
     * takes back landed. Of lines that say the same the newest go first, of those at each place no more than stand there.
     */
    private static final String TAKE_BACK = withTax("""
            INSERT INTO invoice_line (invoice_uid, line, file_row, account_number, tracking_number, original_number,
                lead_number, customer_refs, ship_date, delivered_on, service, zone, entered_weight, billed_weight,
                weight_unit, weight_type, dimensions, kind, type, reason, amount, list_amount, tax_amount, exchange_rate, carrier_category, carrier_detail,
                carrier_class, carrier_code, carrier_text, fingerprint, shipment_uid, match_rule, bucket, copies)
            SELECT :staged, :last + ROW_NUMBER() OVER (ORDER BY l.invoice_uid, l.line), l.file_row, l.account_number,
                l.tracking_number, l.original_number, l.lead_number, l.customer_refs, l.ship_date, l.delivered_on,
                l.service, l.zone, l.entered_weight, l.billed_weight, l.weight_unit, l.weight_type, l.dimensions,
                l.kind, l.type, l.reason, -l.amount, -l.list_amount, -l.tax_amount, l.exchange_rate, l.carrier_category, l.carrier_detail, l.carrier_class,
                l.carrier_code, l.carrier_text, l.fingerprint, l.shipment_uid, l.match_rule, l.bucket, -1
            FROM (
                SELECT y.*, ROW_NUMBER() OVER (
                        PARTITION BY y.fingerprint, y.tax ORDER BY y.invoice_uid DESC, y.line DESC) AS nth
                FROM (
                    SELECT b.*, SUM(b.copies) OVER (
                            PARTITION BY b.fresh, b.fingerprint, b.tax, b.shipment_uid, b.match_rule, b.bucket) AS standing,
                        ROW_NUMBER() OVER (
                            PARTITION BY b.fresh, b.fingerprint, b.tax, b.shipment_uid, b.match_rule, b.bucket, b.copies
                            ORDER BY b.invoice_uid DESC, b.line DESC) AS nth_there
                    FROM ({beside}) b) y
                WHERE y.fresh = 0 AND y.copies = 1 AND y.nth_there <= y.standing) l
            WHERE l.nth <= l.known - l.staged""");

    /** What a line is of, however its number is grouped; empty for what is of no parcel. */
    private static final String PARCEL = """
            COALESCE(NULLIF({number}, ''), %1$s.lead_number, %1$s.customer_refs, '')""".replace("{number}", PlainNumber.of("%1$s.tracking_number"));

    /** The carrier's own word for it, else what it was taken for. */
    private static final String CHARGE = "COALESCE(%1$s.carrier_code, %1$s.carrier_text, %1$s.type)";

    /** A charge of no parcel may stand in every part of an invoice: it says something only where all of them are of none. */
    private static final String SAID_ANEW = """
            SELECT COUNT(*) FROM invoice_line s WHERE s.invoice_uid = :staged
                AND ({parcel of s}, {charge of s}) IN (
                    SELECT {parcel of l}, {charge of l} FROM invoice_line l JOIN invoice i ON i.id = l.invoice_uid
                    WHERE i.account = :account AND i.number = :number AND i.revision IS NOT NULL)
                AND ({parcel of s} <> '' OR NOT EXISTS (
                    SELECT 1 FROM invoice_line o WHERE o.invoice_uid = :staged AND {parcel of o} <> ''))""".replaceAll(
                    "\\{parcel of (\\w)}", Matcher.quoteReplacement(PARCEL).replace("%1\\$s", "$1"))
            .replaceAll("\\{charge of (\\w)}", Matcher.quoteReplacement(CHARGE).replace("%1\\$s", "$1"));

    /** A file holds one revision of an invoice: this stands for the same file, brought anew. */
    private static final String BROUGHT_ANEW = """
            INSERT INTO invoice_file (id, account, layout, name, file_sha256, state, documents, owner, lease_until,
                received_by, received_at, finished_at)
            SELECT :id, account, layout, name, :sha, 'READ', 0, owner, CURRENT_TIMESTAMP,
                :by, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            FROM invoice_file WHERE id = :file""";

    private static final String BEGIN = """
            INSERT INTO invoice (id, file_uid, namespace, account, carrier, number, invoice_date, currency,
                line_count, state, next_line, imported_by, imported_at)
            SELECT :id, :file, namespace, account, carrier, number, invoice_date, currency,
                0, 'IMPORTED', 1, :by, CURRENT_TIMESTAMP
            FROM invoice WHERE id = :last""";

    /** A line once more: taken back where it landed, or as it came. */
    private static final String ONCE_MORE = """
            INSERT INTO invoice_line (invoice_uid, line, file_row, account_number, tracking_number, original_number,
                lead_number, customer_refs, ship_date, delivered_on, service, zone, entered_weight, billed_weight,
                weight_unit, weight_type, dimensions, kind, type, reason, amount, list_amount, tax_amount, exchange_rate, carrier_category, carrier_detail,
                carrier_class, carrier_code, carrier_text, fingerprint, bucket, copies)
            SELECT :revision, :to, l.file_row, l.account_number, l.tracking_number, l.original_number,
                l.lead_number, l.customer_refs, l.ship_date, l.delivered_on, l.service, l.zone, l.entered_weight, l.billed_weight,
                l.weight_unit, l.weight_type, l.dimensions, l.kind, l.type, l.reason, %1$s l.amount, %1$s l.list_amount,
                %1$s l.tax_amount, l.exchange_rate, l.carrier_category, l.carrier_detail,
                l.carrier_class, l.carrier_code, l.carrier_text, l.fingerprint, %2$s, %1$s 1
            FROM invoice_line l WHERE l.invoice_uid = :invoice AND l.line = :line""";

    private static final String BACK = ONCE_MORE.formatted("-", "l.bucket");
    private static final String ANEW = ONCE_MORE.formatted("", "NULL");

    private final Handle handle;

    InvoiceRevisionBook(Handle handle) {
        this.handle = handle;
    }

    private static String withTax(String sql) {
        return Pattern.compile("\\{tax of (\\w)}")
                .matcher(sql.replace("{known}", KNOWN).replace("{beside}", BESIDE_EACH_OTHER))
                .replaceAll(found -> Matcher.quoteReplacement(TAX.formatted(found.group(1))));
    }

    /** The revision last taken of an invoice. */
    public Optional<String> last(String account, String number) {
        return handle.createQuery("""
                        SELECT id FROM invoice WHERE account = :account AND number = :number AND revision IS NOT NULL
                        ORDER BY revision DESC LIMIT 1""")
                .bind("account", account)
                .bind("number", number)
                .mapTo(String.class)
                .findOne();
    }

    /** Whether a staged invoice says any line again that is on record under its number. */
    public boolean keepsAny(Staged staged, String account) {
        return handle.createQuery(withTax("SELECT COUNT(*) FROM ({known}) k WHERE k.fingerprint IN ("
                                + "SELECT s.fingerprint FROM invoice_line s WHERE s.invoice_uid = :staged)"))
                        .bind("staged", staged.id())
                        .bind("account", account)
                        .bind("number", staged.number())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Whether a staged invoice has a charge of a parcel that is on record under its number, whatever it comes to or was taken for now. */
    public boolean saysAnyAnew(Staged staged, String account) {
        return handle.createQuery(SAID_ANEW)
                        .bind("staged", staged.id())
                        .bind("account", account)
                        .bind("number", staged.number())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Leaves of a staged invoice only how it differs from what is on record; false when it does not. */
    public boolean reduce(Staged staged, String account) {
        handle.createUpdate(TAKE_BACK)
                .bind("staged", staged.id())
                .bind("account", account)
                .bind("number", staged.number())
                .bind("last", staged.lines())
                .execute();
        drop(
                staged.id(),
                handle.createQuery(SAID_AGAIN)
                        .bind("staged", staged.id())
                        .bind("account", account)
                        .bind("number", staged.number())
                        .mapTo(Integer.class)
                        .list());
        return handle.createQuery("SELECT COUNT(*) FROM invoice_line WHERE invoice_uid = :id")
                        .bind("id", staged.id())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private void drop(String invoice, List<Integer> lines) {
        PreparedBatch batch =
                handle.prepareBatch("DELETE FROM invoice_line WHERE invoice_uid = :invoice AND line = :line");
        lines.forEach(line -> batch.bind("invoice", invoice).bind("line", line).add());
        if (!lines.isEmpty()) {
            batch.execute();
        }
    }

    /**
     * Begins a revision without a file's words of its own, behind all invoices of its account. To be called while no other file of
     * the account is shown.
     *
     * @param last the revision last taken
     * @param file what was brought
     * @return its id
     */
    public String begin(InvoiceRow last, String file, String by) {
        String shown = handle.createQuery(
                        "SELECT MAX(id) FROM invoice WHERE account = :account AND revision IS NOT NULL")
                .bind("account", last.account())
                .mapTo(String.class)
                .one();
        String id = Ids.nextAfter(shown, "inv");
        String anew = Ids.next("ivf");
        handle.createUpdate(BROUGHT_ANEW)
                .bind("id", anew)
                .bind("sha", Sha256.of(id))
                .bind("by", by)
                .bind("file", file)
                .execute();
        handle.createUpdate(BEGIN)
                .bind("id", id)
                .bind("file", anew)
                .bind("by", by)
                .bind("last", last.id())
                .execute();
        return id;
    }

    /**
     * Takes lines back where they landed, and says them anew, to be landed by what is known now.
     *
     * @param from the place of the first in the revision; each takes two
     */
    public void moveAnew(String revision, int from, List<InvoiceLineBook.Line> lines) {
        int to = from;
        for (String sql : List.of(BACK, ANEW)) {
            PreparedBatch batch = handle.prepareBatch(sql);
            for (InvoiceLineBook.Line line : lines) {
                batch.bind("revision", revision)
                        .bind("to", to++)
                        .bind("invoice", line.invoiceUid())
                        .bind("line", line.line())
                        .add();
            }
            batch.execute();
        }
    }

    /**
     * The proof is done: from now on it is seen, under the next revision of its number.
     *
     * @param notChecked what its file left open, as {@link InvoiceRow#notChecked}
     */
    public void proved(String invoice, String notChecked) {
        handle.createUpdate("""
                        UPDATE invoice SET state = 'PROVED', not_checked = :notChecked,
                            revision = 1 + COALESCE((SELECT MAX(o.revision) FROM invoice o
                                WHERE o.account = invoice.account AND o.number = invoice.number), 0),
                            total = (SELECT SUM(l.amount) FROM invoice_line l WHERE l.invoice_uid = invoice.id),
                            line_count = (SELECT COUNT(*) FROM invoice_line l WHERE l.invoice_uid = invoice.id)
                        WHERE id = :id""")
                .bind("notChecked", notChecked)
                .bind("id", invoice)
                .execute();
    }
}
