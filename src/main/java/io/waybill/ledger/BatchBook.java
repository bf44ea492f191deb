package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Files handed over by calls. A batch outside a scope does not exist for its caller: neither one of another namespace's source,
 * nor one whose rows may be for a namespace the caller does not see.
 */
public final class BatchBook {
    private static final String COLUMNS = """
            SELECT b.id, b.source, b.namespace, b.file_sha256, b.name, b.size, b.format, b.state, b.node, b.created_by,
                   b.visible, b.documents, b.next_document, b.wish, b.max_amount, b.max_currency, b.problems,
                   b.created_at, b.checked_at, b.asked_at, b.finished_at
            FROM batch b""";

    /** Of the namespaces a batch is visible for, none is left when those of the scope are taken away. */
    private static final String LEFT = "',' || REPLACE(b.visible, ',', ',,') || ','";

    private final Handle handle;

    BatchBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A file as it arrives.
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
            String node,
            String createdBy,
            String visible) {}

    /** What is wanted of a batch, and at most for how much. */
    public record Wish(
            String rows,
            @Nullable BigDecimal maxAmount,
            @Nullable String maxCurrency) {
        /** All of them, as if the file lay in a folder: those that are bad become rejected orders. */
        public static final String ANY = "any";
    }

    public Optional<BatchRow> find(String id, Namespaces scope) {
        return one(scope.filter(handle.createQuery(COLUMNS + " WHERE b.id = :id AND " + scope.condition("b.namespace"))
                        .bind("id", id)))
                .filter(row -> scope.covers(row.scope()));
    }

    /** Locks it until the transaction ends. */
    public Optional<BatchRow> lock(String id, Namespaces scope) {
        return one(scope.filter(handle.createQuery(
                                COLUMNS + " WHERE b.id = :id AND " + scope.condition("b.namespace") + " FOR UPDATE")
                        .bind("id", id)))
                .filter(row -> scope.covers(row.scope()));
    }

    /** The batch of these bytes, locked until the transaction ends. */
    public Optional<BatchRow> lockOf(String source, String sha256) {
        return one(handle.createQuery(COLUMNS + " WHERE b.source = :source AND b.file_sha256 = :sha FOR UPDATE")
                .bind("source", source)
                .bind("sha", sha256));
    }

    /**
     * Newest first.
     *
     * @param before the id of the last one of the page before, or null
     */
    public List<BatchRow> list(Namespaces scope, @Nullable String source, @Nullable String before, int limit) {
        Where where = new Where().in(scope, "b.namespace");
        if (!scope.all()) {
            withoutOthers(where, List.copyOf(scope.names()));
        }
        return where.and("b.source = :source", "source", source)
                .and("b.id < :before", "before", before)
                .query(handle, COLUMNS, " ORDER BY b.id DESC LIMIT :limit")
                .bind("limit", limit)
                .map(ConstructorMapper.of(BatchRow.class))
                .list();
    }

    private static void withoutOthers(Where where, List<String> own) {
        String left = LEFT;
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            left = "REPLACE(" + left + ", :own" + i + ", '')";
            values.put("own" + i, "," + own.get(i) + ",");
        }
        where.and(left + " = ''", values);
    }

    /** Those this node still has work on, and those that are being stopped, whoever works on them; oldest first. */
    public List<BatchRow> open(String node) {
        return handle.createQuery(COLUMNS + " WHERE (b.node = :node AND b.state IN ('CHECKING', 'TAKING'))"
                        + " OR b.state = 'STOPPING' ORDER BY b.id")
                .bind("node", node)
                .map(ConstructorMapper.of(BatchRow.class))
                .list();
    }

    /** Whether one of all is being stopped. */
    public boolean isAnyStopping() {
        return handle.createQuery("SELECT b.id FROM batch b WHERE b.state = 'STOPPING' LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** @return its id; it is to be started */
    public String insert(Arrival arrival) {
        String id = Ids.next("bat");
        handle.createUpdate("""
                        INSERT INTO batch (id, source, namespace, file_sha256, name, size, format, state, node,
                            created_by, visible, next_document, created_at)
                        VALUES (:id, :source, :namespace, :fileSha256, :name, :size, :format, 'CHECKED', :node,
                            :createdBy, :visible, 1, CURRENT_TIMESTAMP)""").bindMethods(arrival).bind("id", id).execute();
        return id;
    }

    /** The same bytes came again and are to be looked at or taken in anew, as their sender of now wants and may. */
    public void handedOver(String id, Arrival arrival) {
        handle.createUpdate("""
                        UPDATE batch SET name = :name, format = :format, node = :node, created_by = :createdBy,
                            visible = :visible, documents = NULL
                        WHERE id = :id""").bindMethods(arrival).bind("id", id).execute();
    }

    /** Looks at it from its beginning, and buys afterwards what is wished, if anything. */
    public void check(String id, @Nullable Wish wish) {
        handle.createUpdate("DELETE FROM batch_row WHERE batch_id = :id")
                .bind("id", id)
                .execute();
        wished("""
                UPDATE batch SET state = 'CHECKING', next_document = 1, problems = NULL, checked_at = NULL,
                    finished_at = NULL, wish = :rows, max_amount = :amount, max_currency = :currency,
                    asked_at = CASE WHEN :asked THEN CURRENT_TIMESTAMP END
                WHERE id = :id""", id, wish).bind("asked", wish != null).execute();
    }

    /** Takes it in from here on. */
    public void take(String id, Wish wish) {
        wished("""
                UPDATE batch SET state = 'TAKING', problems = NULL, finished_at = NULL, wish = :rows,
                    max_amount = :amount, max_currency = :currency, asked_at = CURRENT_TIMESTAMP
                WHERE id = :id""", id, wish).execute();
    }

    /** Takes it in once the look that is under way is over. */
    public void wish(String id, Wish wish) {
        wished("""
                UPDATE batch SET wish = :rows, max_amount = :amount, max_currency = :currency,
                    asked_at = CURRENT_TIMESTAMP
                WHERE id = :id""", id, wish).execute();
    }

    private Update wished(String sql, String id, @Nullable Wish wish) {
        return handle.createUpdate(sql)
                .bind("id", id)
                .bind("rows", wish == null ? null : wish.rows())
                .bind("amount", wish == null ? null : wish.maxAmount())
                .bind("currency", wish == null ? null : wish.maxCurrency());
    }

    public void counted(String id, int documents) {
        handle.createUpdate("UPDATE batch SET documents = :documents WHERE id = :id")
                .bind("id", id)
                .bind("documents", documents)
                .execute();
    }

    /** The look is over, and nothing is wished of the batch any more. */
    public void checked(String id, String state, @Nullable String problems) {
        forgetContents(id);
        handle.createUpdate("""
                        UPDATE batch SET state = :state, problems = :problems, wish = NULL, max_amount = NULL,
                            max_currency = NULL, asked_at = NULL, checked_at = CURRENT_TIMESTAMP,
                            finished_at = CASE WHEN :state = 'FAILED' THEN CURRENT_TIMESTAMP END
                        WHERE id = :id""")
                .bind("id", id)
                .bind("state", state)
                .bind("problems", problems)
                .execute();
    }

    /** What is told apart while looking: a hash of an address is the address. */
    private void forgetContents(String id) {
        handle.createUpdate("UPDATE batch_row SET content_sha256 = NULL WHERE batch_id = :id")
                .bind("id", id)
                .execute();
    }

    /** The look that was wished before buying is over. */
    public void lookedAgain(String id) {
        forgetContents(id);
        handle.createUpdate("UPDATE batch SET checked_at = CURRENT_TIMESTAMP WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** @param node who took it in; of what is another's meanwhile it ends nothing */
    public void finish(String id, String node, String state, @Nullable String problems) {
        handle.createUpdate("""
                        UPDATE batch SET state = :state, problems = :problems, finished_at = CURRENT_TIMESTAMP
                        WHERE id = :id AND state = 'TAKING' AND node = :node""")
                .bind("id", id)
                .bind("node", node)
                .bind("state", state)
                .bind("problems", problems)
                .execute();
    }

    /** Whoever works on it ends that from now on; of a look, nothing is to be bought afterwards. */
    public void stopping(String id, @Nullable String problems) {
        handle.createUpdate("""
                        UPDATE batch SET state = 'STOPPING', problems = :problems, finished_at = NULL,
                            wish = CASE WHEN state = 'CHECKING' THEN NULL ELSE wish END,
                            max_amount = CASE WHEN state = 'CHECKING' THEN NULL ELSE max_amount END,
                            max_currency = CASE WHEN state = 'CHECKING' THEN NULL ELSE max_currency END,
                            asked_at = CASE WHEN state = 'CHECKING' THEN NULL ELSE asked_at END
                        WHERE id = :id""").bind("id", id).bind("problems", problems).execute();
    }

    /** Nothing of it is looked at, taken in or bought any more. */
    public void stopped(String id, @Nullable String problems) {
        forgetContents(id);
        handle.createUpdate("""
                        UPDATE batch SET state = 'STOPPED', problems = :problems, finished_at = CURRENT_TIMESTAMP
                        WHERE id = :id AND state = 'STOPPING'""").bind("id", id).bind("problems", problems).execute();
    }

    private static Optional<BatchRow> one(Query query) {
        return query.map(ConstructorMapper.of(BatchRow.class)).findOne();
    }
}
