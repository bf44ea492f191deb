package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Files of invoices on their way in: staged page by page where nobody sees it, then shown at once or taken back. */
public final class InvoiceFileBook {
    private static final String FREE = "(owner = :owner OR lease_until <= CURRENT_TIMESTAMP)";

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

    InvoiceFileBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A file handed over.
     *
     * @param layout how it is read: {@code ups}, or the name of a mapping
     */
    public record Drop(String account, String layout, String name, String fileSha256, String by) {}

    /**
     * A file.
     *
     * @param state {@code READING | READ | REFUSED}
     * @param documents how many rows are staged
     */
    public record Row(String id, String account, String layout, String name, String state, int documents) {}

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

    /**
     * Registers a file, or finds it: one half read goes on under its name, one refused starts anew, maybe under another. Empty
     * while another owner reads it.
     */
    public Optional<Row> claim(Drop drop, String owner, Duration lease) {
        Optional<Row> known = handle.createQuery("""
                        SELECT id, account, layout, name, state, documents FROM invoice_file
                        WHERE account = :account AND layout = :layout AND file_sha256 = :fileSha256 FOR UPDATE""")
                .bindMethods(drop)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
        if (known.isEmpty()) {
            String id = Ids.next("ivf");
            handle.createUpdate("""
                            INSERT INTO invoice_file (id, account, layout, name, file_sha256, state, documents, owner,
                                lease_until, received_by, received_at)
                            VALUES (:id, :account, :layout, :name, :fileSha256, 'READING', 0, :owner,
                                %s, :by, CURRENT_TIMESTAMP)""".formatted(FromNow.by("lease")))
                    .bindMethods(drop)
                    .bind("id", id)
                    .bind("owner", owner)
                    .bind("lease", FromNow.seconds(lease))
                    .execute();
            return Optional.of(new Row(id, drop.account(), drop.layout(), drop.name(), "READING", 0));
        }
        Row row = known.get();
        if (row.state().equals("READ")) {
            return known;
        }
        String name = row.documents() == 0 ? drop.name() : row.name();
        boolean mine = handle.createUpdate(
                                "UPDATE invoice_file SET owner = :owner, name = :name, state = 'READING', lease_until = "
                                        + FromNow.by("lease") + " WHERE id = :id AND " + FREE)
                        .bind("name", name)
                        .bind("owner", owner)
                        .bind("lease", FromNow.seconds(lease))
                        .bind("id", row.id())
                        .execute()
                == 1;
        return mine
                ? Optional.of(new Row(row.id(), row.account(), row.layout(), name, "READING", row.documents()))
                : Optional.empty();
    }

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

    /** How many rows of a file of these bytes are staged, as long as it is not read to its end. */
    public int staged(String sha256) {
        return handle.createQuery("SELECT COALESCE(MAX(documents), 0) FROM invoice_file"
                        + " WHERE file_sha256 = :sha AND state = 'READING'")
                .bind("sha", sha256)
                .mapTo(Integer.class)
                .one();
    }

    /** Notes how many rows of a file are staged; false, with nothing noted, when the lease was lost. */
    public boolean progress(String file, int documents, String owner, Duration lease) {
        return handle.createUpdate("UPDATE invoice_file SET documents = :documents, lease_until = "
                                + FromNow.by("lease") + " WHERE id = :id AND state = 'READING' AND owner = :owner")
                        .bind("documents", documents)
                        .bind("lease", FromNow.seconds(lease))
                        .bind("id", file)
                        .bind("owner", owner)
                        .execute()
                == 1;
    }

    public void stage(List<Placed> lines) {
        if (!lines.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch(STAGE);
            lines.forEach(
                    line -> batch.bindMethods(line).bindMethods(line.words()).add());
            batch.execute();
        }
    }

    /**
     * Notes what of a file is no line of an invoice.
     *
     * @param words which rows, and why
     */
    public void passOver(String file, int rows, String words) {
        handle.createUpdate("""
                        UPDATE invoice_file SET passed_over = passed_over + :rows,
                            passed_words = SUBSTRING(COALESCE(passed_words || '; ', '') || :words FROM 1 FOR 1000)
                        WHERE id = :id""")
                .bind("rows", rows)
                .bind("words", words)
                .bind("id", file)
                .execute();
    }

    /** Lets no file of an account be shown until this is committed. */
    public void alone(String account) {
        HeldName.hold(handle, "invoices:" + account);
    }

    /**
     * Lets no other file of an account be shown until this is committed, be it read on another node: what an invoice on record says
     * is not to change between the look at it and what a staged one adds to it. Who shows none is not kept waiting.
     *
     * @return false when another owner has the file, or has shown it
     */
    public boolean alone(String file, String account, String owner) {
        alone(account);
        return handle.createQuery("""
                        SELECT id FROM invoice_file
                        WHERE id = :id AND state = 'READING' AND owner = :owner FOR UPDATE""")
                .bind("id", file)
                .bind("owner", owner)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** What each staged invoice comes to. */
    public List<Staged> sums(String file) {
        return handle.createQuery(SUMS)
                .bind("file", file)
                .map(ConstructorMapper.of(Staged.class))
                .list();
    }

    /**
     * Takes everything back that was staged of a file.
     *
     * @return false, with nothing changed, when another owner has the file, or has shown it
     */
    public boolean refuse(String file, String owner) {
        boolean mine =
                handle.createUpdate("""
                        UPDATE invoice_file SET state = 'REFUSED', documents = 0, passed_over = 0, passed_words = NULL
                        WHERE id = :file AND state = 'READING' AND owner = :owner""").bind("file", file).bind("owner", owner).execute() == 1;
        if (mine) {
            handle.createQuery("SELECT id FROM invoice WHERE file_uid = :file")
                    .bind("file", file)
                    .mapTo(String.class)
                    .list()
                    .forEach(this::drop);
        }
        return mine;
    }

    /** What a node that is gone had half read may go on elsewhere. */
    public int endLeasesOf(String owner) {
        return handle.createUpdate("UPDATE invoice_file SET lease_until = CURRENT_TIMESTAMP"
                        + " WHERE state = 'READING' AND owner = :owner AND lease_until > CURRENT_TIMESTAMP")
                .bind("owner", owner)
                .execute();
    }

    public void finish(String file) {
        handle.createUpdate("UPDATE invoice_file SET state = 'READ', finished_at = CURRENT_TIMESTAMP WHERE id = :file")
                .bind("file", file)
                .execute();
    }

    /**
     * Puts a staged invoice behind those of its account that were shown since it was begun: which came first is told by their ids.
     * To be called under {@link #alone}.
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
}
