package io.waybill.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The lines of the money ledger summed up by what a reader groups them by. Sides are never added to each other, nor currencies. */
public final class SumBook {
    private static final String SIDES = Stream.of("quoted", "expected", "billed", "settled")
            .map(side -> "SUM(CASE WHEN c.side = '%s' THEN c.amount ELSE 0 END) AS %s".formatted(side, side))
            .collect(Collectors.joining(", "));

    private final Handle handle;

    SumBook(Handle handle) {
        this.handle = handle;
    }

    /** What sums may be grouped by. An order's number is one of its namespace; a period is a month in UTC. */
    public enum By {
        NAMESPACE("c.namespace"),
        SHIPMENT("COALESCE(c.shipment_uid, '')"),
        ORDER("COALESCE(c.order_id, '')"),
        ACCOUNT("c.account"),
        CARRIER("c.carrier"),
        SERVICE("COALESCE(s.service, '')"),
        COST_CENTER("COALESCE(c.cost_center, '')"),
        PERIOD("TO_CHAR(c.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM')");

        private final String column;

        By(String column) {
            this.column = column;
        }

        /** As it is asked for and answered: {@code costCenter}. */
        public String word() {
            String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
            return words[0]
                    + Stream.of(words)
                            .skip(1)
                            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                            .collect(Collectors.joining());
        }
    }

    /**
     * What is summed up.
     *
     * @param by in the order the keys are answered in
     * @param from the first day the lines occurred on, in UTC, and {@code until} the last; null for any
     */
    public record Asked(
            Namespaces scope,
            List<By> by,
            @Nullable String account,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {}

    /**
     * The sides of one group in one currency.
     *
     * @param keys one for each of {@code by}; empty for lines that have none
     */
    public record Sum(
            List<String> keys,
            String currency,
            BigDecimal quoted,
            BigDecimal expected,
            BigDecimal billed,
            BigDecimal settled) {}

    /**
     * So many lines of a group and a day that say the same.
     *
     * @param day they occurred on, in UTC
     */
    public record Alike(
            List<String> keys, String currency, LocalDate day, String side, BigDecimal amount, long lines) {}

    /** Group by group in the order of their keys, those after {@code after}: the keys and the currency of the last one before. */
    public List<Sum> sums(Asked asked, List<String> after, int limit) {
        List<String> columns = columns(asked);
        columns.add("c.currency");
        String listed = String.join(", ", columns);
        return page(asked, "SELECT " + listed + ", " + SIDES, columns, after, " GROUP BY " + listed, limit)
                .map((row, context) -> new Sum(
                        keys(row, asked),
                        row.getString("currency"),
                        row.getBigDecimal("quoted"),
                        row.getBigDecimal("expected"),
                        row.getBigDecimal("billed"),
                        row.getBigDecimal("settled")))
                .list();
    }

    /** The keys of the next groups, whatever their currencies. */
    public List<List<String>> groups(Asked asked, List<String> after, int limit) {
        List<String> columns = columns(asked);
        return page(
                        asked,
                        "SELECT " + String.join(", ", columns),
                        columns,
                        after,
                        " GROUP BY " + String.join(", ", columns),
                        limit)
                .map((row, context) -> keys(row, asked))
                .list();
    }

    /** The lines of the groups from one to another, those that are alike counted: what a sum in another currency is made of. */
    public List<Alike> alike(Asked asked, List<String> first, List<String> last) {
        List<String> columns = columns(asked);
        String groups = String.join(", ", columns);
        String day = UtcDay.of("c.occurred_at");
        String rest = ", c.currency, " + day + ", c.side, c.amount";
        Query query = handle.createQuery("SELECT " + groups + ", c.currency, " + day
                + " AS occurred_on, c.side, c.amount, COUNT(*) AS lines" + where(asked) + " AND "
                + beyond(columns, ">=", "f")
                + " AND " + beyond(columns, "<=", "l") + " GROUP BY " + groups + rest + " ORDER BY " + groups + rest);
        bind(query, asked);
        bind(query, "f", first);
        bind(query, "l", last);
        return query.map((row, context) -> new Alike(
                        keys(row, asked),
                        row.getString("currency"),
                        row.getObject("occurred_on", LocalDate.class),
                        row.getString("side"),
                        row.getBigDecimal("amount"),
                        row.getLong("lines")))
                .list();
    }

    private Query page(
            Asked asked, String select, List<String> columns, List<String> after, String groupBy, int limit) {
        Query query = handle.createQuery(select + where(asked)
                + (after.isEmpty() ? "" : " AND " + beyond(columns, ">", "k"))
                + groupBy + " ORDER BY " + String.join(", ", columns) + " LIMIT :limit");
        bind(query, asked);
        bind(query, "k", after);
        return query.bind("limit", limit);
    }

    private static String where(Asked asked) {
        return " FROM charge c"
                + (asked.by().contains(By.SERVICE) ? " LEFT JOIN shipment s ON s.id = c.shipment_uid" : "")
                + " WHERE " + asked.scope().condition("c.namespace")
                + (asked.account() == null ? "" : " AND c.account = :account")
                + (asked.from() == null ? "" : " AND c.occurred_at >= :from")
                + (asked.until() == null ? "" : " AND c.occurred_at < :until");
    }

    private static void bind(Query query, Asked asked) {
        asked.scope().filter(query);
        query.bind("account", asked.account());
        if (asked.from() != null) {
            query.bind("from", asked.from().atStartOfDay().atOffset(ZoneOffset.UTC));
        }
        if (asked.until() != null) {
            query.bind("until", asked.until().plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
        }
    }

    private static List<String> columns(Asked asked) {
        return asked.by().stream().map(by -> by.column).collect(Collectors.toCollection(ArrayList::new));
    }

    /** {@code (a, b) > (:k0, :k1)}. */
    private static String beyond(List<String> columns, String how, String name) {
        String values =
                IntStream.range(0, columns.size()).mapToObj(n -> ":" + name + n).collect(Collectors.joining(", "));
        return "(" + String.join(", ", columns) + ") " + how + " (" + values + ")";
    }

    private static void bind(Query query, String name, List<String> values) {
        IntStream.range(0, values.size()).forEach(n -> query.bind(name + n, values.get(n)));
    }

    private static List<String> keys(ResultSet row, Asked asked) throws SQLException {
        List<String> keys = new ArrayList<>();
        for (int n = 1; n <= asked.by().size(); n++) {
            keys.add(row.getString(n));
        }
        return keys;
    }
}
