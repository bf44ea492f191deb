package io.waybill.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Files whose prices are compared. One outside a scope does not exist for its caller. */
public final class ComparedBook {
    private static final String SHEETS = """
            SELECT c.id, c.source, c.namespace, c.file_sha256, c.name, c.size, c.format, c.most, c.state, c.node,
                   c.created_by, c.visible, c.documents, c.next_document, c.problems, c.created_at, c.finished_at
            FROM compared_sheet c""";

    private final Handle handle;

    ComparedBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A file as it is handed over.
     *
     * @param size in bytes
     */
    public record Arrival(
            String source,
            String namespace,
            String fileSha256,
            String name,
            long size,
            @Nullable String format,
            int most,
            String node,
            String createdBy,
            String visible) {}

    public Optional<ComparedSheet> find(String id, Namespaces scope) {
        return one(scope.filter(handle.createQuery(SHEETS + " WHERE c.id = :id AND " + scope.condition("c.namespace"))
                .bind("id", id)));
    }

    /**
     * Newest first.
     *
     * @param before the id of the last one of the page before, or null
     */
    public List<ComparedSheet> list(Namespaces scope, @Nullable String source, @Nullable String before, int limit) {
        return new Where()
                .and("c.state <> 'NEW'")
                .in(scope, "c.namespace")
                .and("c.source = :source", "source", source)
                .and("c.id < :before", "before", before)
                .query(handle, SHEETS, " ORDER BY c.id DESC LIMIT :limit")
                .bind("limit", limit)
                .map(ConstructorMapper.of(ComparedSheet.class))
                .list();
    }

    /** Those this node still has work on, oldest first. */
    public List<String> open(String node) {
        return handle.createQuery(
                        "SELECT id FROM compared_sheet WHERE node = :node AND state = 'COMPARING' ORDER BY id")
                .bind("node", node)
                .mapTo(String.class)
                .list();
    }

    /** The one of these bytes for who may see the same, locked until the transaction ends; begun when there is none. */
    public ComparedSheet lockOf(Arrival arrival) {
        Optional<ComparedSheet> known = one(handle.createQuery(
                        SHEETS
                                + " WHERE c.source = :source AND c.file_sha256 = :fileSha256 AND c.visible = :visible FOR UPDATE")
                .bindMethods(arrival));
        return known.orElseGet(() -> inserted(arrival));
    }

    private ComparedSheet inserted(Arrival arrival) {
        String id = Ids.next("cmp");
        handle.createUpdate("""
                        INSERT INTO compared_sheet (id, source, namespace, file_sha256, name, size, format, most, state,
                            node, created_by, visible, next_document, created_at)
                        VALUES (:id, :source, :namespace, :fileSha256, :name, :size, :format, :most, 'NEW',
                            :node, :createdBy, :visible, 1, CURRENT_TIMESTAMP)""").bindMethods(arrival).bind("id", id).execute();
        return find(id, Namespaces.ALL).orElseThrow();
    }

    /** Prices it from its beginning, as its sender of now wants. */
    public void begin(String id, Arrival arrival) {
        forgetRows(id);
        handle.createUpdate("""
                        UPDATE compared_sheet SET state = 'COMPARING', name = :name, format = :format, most = :most,
                            node = :node, created_by = :createdBy, documents = NULL, next_document = 1,
                            problems = NULL, finished_at = NULL
                        WHERE id = :id""").bindMethods(arrival).bind("id", id).execute();
    }

    public void counted(String id, int documents) {
        handle.createUpdate("UPDATE compared_sheet SET documents = :documents WHERE id = :id")
                .bind("id", id)
                .bind("documents", documents)
                .execute();
    }

    /** @param problems what is wrong, or of one that is done what was noted; null when nothing is */
    public void finish(String id, String state, @Nullable String problems) {
        handle.createUpdate("""
                        UPDATE compared_sheet SET state = :state, problems = :problems, finished_at = CURRENT_TIMESTAMP
                        WHERE id = :id""")
                .bind("id", id)
                .bind("state", state)
                .bind("problems", problems)
                .execute();
    }

    /** Deletes the oldest sheet that was compared longer ago than that, with its rows; false when there is none. */
    public boolean forgetOne(Duration age) {
        Optional<String> old = handle.createQuery("SELECT id FROM compared_sheet WHERE finished_at < "
                        + FromNow.by("age") + " ORDER BY finished_at LIMIT 1")
                .bind("age", -FromNow.seconds(age))
                .mapTo(String.class)
                .findOne();
        old.ifPresent(id -> {
            forgetRows(id);
            handle.createUpdate("DELETE FROM compared_sheet WHERE id = :id")
                    .bind("id", id)
                    .execute();
        });
        return old.isPresent();
    }

    private void forgetRows(String id) {
        handle.createUpdate("DELETE FROM compared_row WHERE sheet_id = :id")
                .bind("id", id)
                .execute();
    }

    private static Optional<ComparedSheet> one(Query query) {
        return query.map(ConstructorMapper.of(ComparedSheet.class)).findOne();
    }
}
