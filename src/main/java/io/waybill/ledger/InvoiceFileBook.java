package io.waybill.ledger;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Files of invoices on their way in: each read by one owner at a time, page by page, then shown at once or refused. */
public final class InvoiceFileBook {
    private static final String FREE = "(owner = :owner OR lease_until <= CURRENT_TIMESTAMP)";

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
            new StagedInvoiceBook(handle).dropOf(file);
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
}
