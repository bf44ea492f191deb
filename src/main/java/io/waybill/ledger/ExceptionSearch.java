package io.waybill.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which exceptions to list; null is any.
 *
 * @param assignee empty for what nobody looks after
 * @param overdue only what should have been settled by now
 * @param closed closed ones, newest first, instead of open ones, most urgent first
 * @param since opened at or after this moment
 * @param until opened before this moment
 * @param after the id of the last row of the page before
 */
public record ExceptionSearch(
        @Nullable String reason,
        @Nullable String source,
        @Nullable String assignee,
        boolean overdue,
        boolean closed,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String after,
        int limit) {
    private static final String AFTER_OPEN = "(e.due > a.due OR (e.due = a.due AND e.id > a.id))";
    private static final String AFTER_CLOSED =
            "(e.closed_at < a.closed_at OR (e.closed_at = a.closed_at AND e.id < a.id))";

    /** Everything that is open. */
    public static ExceptionSearch open(int limit) {
        return new ExceptionSearch(null, null, null, false, false, null, null, null, limit);
    }

    Query query(Handle handle, String columns, Namespaces scope) {
        Map<String, Object> values = new HashMap<>();
        StringBuilder sql = new StringBuilder(columns)
                .append(closed ? " WHERE e.closed_at IS NOT NULL AND " : " WHERE e.closed_at IS NULL AND ")
                .append(scope.condition("e.namespace"));
        also(sql, values, "reason", reason, "e.reason = :reason");
        also(sql, values, "source", source, "e.source = :source");
        also(sql, values, "assignee", assignee, "COALESCE(e.assignee, '') = :assignee");
        if (overdue) {
            sql.append(" AND e.due < CURRENT_TIMESTAMP");
        }
        also(sql, values, "since", since, "e.opened_at >= :since");
        also(sql, values, "until", until, "e.opened_at < :until");
        also(
                sql,
                values,
                "after",
                after,
                "EXISTS (SELECT 1 FROM exception a WHERE a.id = :after AND " + (closed ? AFTER_CLOSED : AFTER_OPEN)
                        + ")");
        sql.append(closed ? " ORDER BY e.closed_at DESC, e.id DESC" : " ORDER BY e.due, e.id")
                .append(" LIMIT :limit");
        return scope.filter(handle.createQuery(sql.toString())).bindMap(values).bind("limit", limit);
    }

    private static void also(
            StringBuilder sql, Map<String, Object> values, String name, @Nullable Object value, String condition) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            values.put(name, value);
        }
    }
}
