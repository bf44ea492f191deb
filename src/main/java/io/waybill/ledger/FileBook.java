package io.waybill.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Files of many documents, and how far each has been taken in; what became of the documents is in the {@link OutcomeBook}. */
public final class FileBook {
    private static final String COLUMNS = """
            SELECT id, source, purpose, file_sha256, name, archive_name, size, state, mapping, documents_total,
                ok, bad,
                   next_document, drops, problems, received_at, finished_at
            FROM inbound_file""";

    /** Problems of one that is put down: none. */
    private static final String PUT_DOWN = "[]";

    private final Handle handle;

    FileBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A file handed over.
     *
     * @param size in bytes
     */
    public record Drop(
            String source,
            String purpose,
            String fileSha256,
            String name,
            long size,
            @Nullable String mapping) {}

    /** How a file ended. */
    public record End(
            String state,
            int documents,
            int ok,
            int bad,
            @Nullable String problems,
            @Nullable String archiveName) {}

    /**
     * Registers a drop and leases the file: a file left half taken goes on where it stood, a finished one starts anew.
     * Empty when another owner holds it.
     */
    public Optional<FileRow> claim(Drop drop, String owner, Duration lease) {
        Optional<String> known = handle.createQuery(
                        "SELECT id FROM inbound_file WHERE source = :source AND file_sha256 = :sha FOR UPDATE")
                .bind("source", drop.source())
                .bind("sha", drop.fileSha256())
                .mapTo(String.class)
                .findOne();
        String id = known.orElseGet(() -> insert(drop));
        if (!lease(id, owner, lease, "(owner = :owner OR owner IS NULL OR lease_until <= CURRENT_TIMESTAMP)")) {
            return Optional.empty();
        }
        handle.createUpdate("""
                        UPDATE inbound_file SET state = 'TAKING', drops = drops + 1, next_document = 1,
                            name = :name, mapping = :mapping,
                            problems = NULL, finished_at = NULL, received_at = CURRENT_TIMESTAMP
                        WHERE id = :id AND state <> 'TAKING'""")
                .bind("id", id)
                .bind("name", drop.name())
                .bind("mapping", drop.mapping())
                .execute();
        handle.createUpdate("UPDATE inbound_file SET problems = NULL WHERE id = :id AND problems = :putDown")
                .bind("id", id)
                .bind("putDown", PUT_DOWN)
                .execute();
        return find(id);
    }

    public Optional<FileRow> find(String id) {
        return handle.createQuery(COLUMNS + " WHERE id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(FileRow.class))
                .findOne();
    }

    /**
     * Files of these sources, the newest first.
     *
     * @param bad only those that were refused or have documents that were
     * @param before the id of the last of the page before, or null
     */
    public List<FileRow> newest(Collection<String> sources, boolean bad, @Nullable String before, int limit) {
        Where where = new Where().and("source = ANY(:sources)");
        if (bad) {
            where.and("(state = 'FAILED' OR bad > 0)");
        }
        return where.and("id < :before", "before", before)
                .query(handle, COLUMNS, " ORDER BY id DESC LIMIT :limit")
                .bindArray("sources", String.class, sources.toArray())
                .bind("limit", limit)
                .map(ConstructorMapper.of(FileRow.class))
                .list();
    }

    /** The file of these bytes, when the source has handed them over. */
    public Optional<FileRow> of(String source, String sha256) {
        return handle.createQuery(COLUMNS + " WHERE source = :source AND file_sha256 = :sha")
                .bind("source", source)
                .bind("sha", sha256)
                .map(ConstructorMapper.of(FileRow.class))
                .findOne();
    }

    /** Whether somebody began to read the file of these bytes and neither came to its end nor {@linkplain #putDown put it down}. */
    public boolean isBegun(String source, String sha256) {
        return handle.createQuery("SELECT COUNT(*) FROM inbound_file WHERE source = :source AND file_sha256 = :sha"
                                + " AND state = 'TAKING' AND (problems IS NULL OR problems <> '" + PUT_DOWN + "')")
                        .bind("source", source)
                        .bind("sha", sha256)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Whether it is taken in under this name still, whatever became of the lease. */
    public boolean isHeldBy(String id, String owner) {
        return handle.createQuery("SELECT f.id FROM inbound_file f WHERE f.id = :id AND f.owner = :owner")
                .bind("id", id)
                .bind("owner", owner)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Its owner reads no further for now, and nothing of it ended a hub; {@link #claim} takes it up again. */
    public void putDown(String id, String owner) {
        handle.createUpdate("UPDATE inbound_file SET problems = :putDown"
                        + " WHERE id = :id AND state = 'TAKING' AND owner = :owner")
                .bind("putDown", PUT_DOWN)
                .bind("id", id)
                .bind("owner", owner)
                .execute();
    }

    /** Records outcomes and how far the file is taken; false when the lease was lost and nothing was recorded. */
    public boolean progress(
            String id, List<OutcomeBook.Outcome> outcomes, int nextDocument, String owner, Duration lease) {
        if (!lease(id, owner, lease, "owner = :owner")) {
            return false;
        }
        new OutcomeBook(handle).record(id, outcomes);
        handle.createUpdate("UPDATE inbound_file SET next_document = :next WHERE id = :id")
                .bind("next", nextDocument)
                .bind("id", id)
                .execute();
        return true;
    }

    /** What is to be known of one that is not finished; its end replaces it. */
    public void note(String id, String problems) {
        handle.createUpdate("UPDATE inbound_file SET problems = :problems WHERE id = :id")
                .bind("problems", problems)
                .bind("id", id)
                .execute();
    }

    public void finish(String id, End end) {
        handle.createUpdate("""
                        UPDATE inbound_file SET state = :state, documents_total = :documents, ok = :ok,
                            bad = :bad, problems = :problems,
                            archive_name = :archiveName, finished_at = CURRENT_TIMESTAMP, owner = NULL,
                                lease_until = NULL
                        WHERE id = :id""").bindMethods(end).bind("id", id).execute();
    }

    /** What a node that is gone had half taken may go on elsewhere. */
    public int endLeasesOf(String owner) {
        return handle.createUpdate("UPDATE inbound_file SET lease_until = CURRENT_TIMESTAMP"
                        + " WHERE state = 'TAKING' AND owner = :owner")
                .bind("owner", owner)
                .execute();
    }

    private String insert(Drop drop) {
        String id = Ids.next("fil");
        handle.createUpdate("""
                        INSERT INTO inbound_file (id, source, purpose, file_sha256, name, size, state, mapping,
                            ok, bad, next_document,
                            drops, received_at)
                        VALUES (:id, :source, :purpose, :fileSha256, :name, :size, 'TAKING', :mapping, 0, 0, 1,
                            1, CURRENT_TIMESTAMP)""").bindMethods(drop).bind("id", id).execute();
        return id;
    }

    private boolean lease(String id, String owner, Duration lease, String condition) {
        return handle.createUpdate("UPDATE inbound_file SET owner = :owner, lease_until = " + FromNow.by("lease")
                                + " WHERE id = :id AND " + condition)
                        .bind("id", id)
                        .bind("owner", owner)
                        .bind("lease", FromNow.seconds(lease))
                        .execute()
                == 1;
    }
}
