package io.waybill.ledger;

import java.time.Instant;
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

    /** The same behind this one: so many. */
    public ExceptionSearch after(@Nullable String id, int most) {
        return new ExceptionSearch(reason, source, assignee, overdue, closed, since, until, id, most);
    }

    Query query(Handle handle, String columns, Namespaces scope) {
        Where where = new Where()
                .and(closed ? "e.closed_at IS NOT NULL" : "e.closed_at IS NULL")
                .in(scope, "e.namespace")
                .and("e.reason = :reason", "reason", reason)
                .and("e.source = :source", "source", source)
                .and("COALESCE(e.assignee, '') = :assignee", "assignee", assignee);
        if (overdue) {
            where.and("e.due < CURRENT_TIMESTAMP");
        }
        String later = closed ? AFTER_CLOSED : AFTER_OPEN;
        return where.and("e.opened_at >= :since", "since", since)
                .and("e.opened_at < :until", "until", until)
                .and("EXISTS (SELECT 1 FROM exception a WHERE a.id = :after AND " + later + ")", "after", after)
                .query(
                        handle,
                        columns,
                        (closed ? " ORDER BY e.closed_at DESC, e.id DESC" : " ORDER BY e.due, e.id") + " LIMIT :limit")
                .bind("limit", limit);
    }
}
