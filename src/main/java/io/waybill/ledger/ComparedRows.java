package io.waybill.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What each order of a compared sheet would cost. */
public final class ComparedRows {
    private final Handle handle;

    ComparedRows(Handle handle) {
        this.handle = handle;
    }

    /**
     * One order and its prices.
     *
     * @param result {@code PRICED}, {@code UNPRICED}, {@code BAD} or {@code SKIPPED}
     * @param prices JSON by way of choosing
     * @param sums what each way costs; null unless every way has a price, in one currency
     */
    public record Row(
            int ordinal,
            long firstRow,
            long lastRow,
            @Nullable String namespace,
            @Nullable String orderId,
            String result,
            @Nullable String skipped,
            @Nullable String problems,
            @Nullable String prices,
            @Nullable Sums sums) {}

    /** What each way of choosing costs, for one order or for some in the same currency. */
    public record Sums(
            String currency,
            int orders,
            BigDecimal today,
            BigDecimal cheapest,
            BigDecimal fastest,
            BigDecimal bestValue) {}

    /** Keeps what was priced, and how far it has come. */
    public void priced(String id, List<Row> rows, int nextDocument) {
        if (!rows.isEmpty()) {
            PreparedBatch all = handle.prepareBatch("""
                    INSERT INTO compared_row (sheet_id, ordinal, first_row, last_row, namespace, order_id, result,
                        skipped, problems, prices, currency, today, cheapest, fastest, best_value)
                    VALUES (:id, :ordinal, :firstRow, :lastRow, :namespace, :orderId, :result,
                        :skipped, :problems, :prices, :currency, :today, :cheapest, :fastest, :bestValue)""");
            for (Row row : rows) {
                Sums sums = row.sums();
                all.bindMethods(row)
                        .bind("id", id)
                        .bind("currency", sums == null ? null : sums.currency())
                        .bind("today", sums == null ? null : sums.today())
                        .bind("cheapest", sums == null ? null : sums.cheapest())
                        .bind("fastest", sums == null ? null : sums.fastest())
                        .bind("bestValue", sums == null ? null : sums.bestValue())
                        .add();
            }
            all.execute();
        }
        handle.createUpdate("UPDATE compared_sheet SET next_document = :next WHERE id = :id")
                .bind("id", id)
                .bind("next", nextDocument)
                .execute();
    }

    /**
     * What was priced, after an ordinal, in order; those for other namespaces are left out.
     *
     * @param result only these, or null
     */
    public List<Row> rows(ComparedSheet sheet, Namespaces scope, @Nullable String result, int after, int limit) {
        Query query = scope.filter(handle.createQuery("""
                        SELECT r.ordinal, r.first_row, r.last_row, r.namespace, r.order_id, r.result, r.skipped,
                            r.problems, r.prices, r.currency, r.today, r.cheapest, r.fastest, r.best_value
                        FROM compared_row r WHERE r.sheet_id = :id AND r.ordinal > :after AND\s""" + seen(sheet, scope)
                        + (result == null ? "" : " AND r.result = :result")
                        + " ORDER BY r.sheet_id, r.ordinal LIMIT :limit")
                .bind("id", sheet.id())
                .bind("after", after)
                .bind("limit", limit));
        if (result != null) {
            query.bind("result", result);
        }
        return query.map((row, context) -> new Row(
                        row.getInt("ordinal"),
                        row.getLong("first_row"),
                        row.getLong("last_row"),
                        row.getString("namespace"),
                        row.getString("order_id"),
                        row.getString("result"),
                        row.getString("skipped"),
                        row.getString("problems"),
                        row.getString("prices"),
                        row.getString("currency") == null ? null : sums(row, 1)))
                .list();
    }

    private static Sums sums(ResultSet row, int orders) throws SQLException {
        return new Sums(
                row.getString("currency"),
                orders,
                row.getBigDecimal("today"),
                row.getBigDecimal("cheapest"),
                row.getBigDecimal("fastest"),
                row.getBigDecimal("best_value"));
    }

    /** What each way of choosing costs for all orders that every way has a price for, by currency. */
    public List<Sums> sums(ComparedSheet sheet, Namespaces scope) {
        return scope.filter(handle.createQuery("""
                        SELECT r.currency, COUNT(*) AS orders, SUM(r.today) AS today, SUM(r.cheapest) AS cheapest,
                            SUM(r.fastest) AS fastest, SUM(r.best_value) AS best_value
                        FROM compared_row r WHERE r.sheet_id = :id AND r.currency IS NOT NULL AND\s""" + seen(sheet, scope) + " GROUP BY r.currency ORDER BY r.currency")
                        .bind("id", sheet.id()))
                .map((row, context) -> sums(row, row.getInt("orders")))
                .list();
    }

    /** How many orders ended in each result. */
    public Map<String, Integer> results(ComparedSheet sheet, Namespaces scope) {
        return Tally.of(scope.filter(
                handle.createQuery("SELECT r.result, COUNT(*) AS n FROM compared_row r WHERE r.sheet_id = :id AND "
                                + seen(sheet, scope) + " GROUP BY r.result")
                        .bind("id", sheet.id())));
    }

    /** What may be for any namespace of its sheet is told to whoever sees all of these. */
    private static String seen(ComparedSheet sheet, Namespaces scope) {
        String own = scope.condition("r.namespace");
        return scope.covers(sheet.scope()) ? "(r.namespace IS NULL OR " + own + ")" : own;
    }
}
