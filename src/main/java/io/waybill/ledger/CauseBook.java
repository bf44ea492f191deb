package io.waybill.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What exceptions come from, week by week. */
public final class CauseBook {
    /** The Monday after which weeks are counted, in seconds since 1970; both stores can divide. */
    private static final long FIRST_MONDAY = 4 * 86_400L;

    private static final long WEEK = 7 * 86_400L;

    private static final String WEEKLY = """
            SELECT week_no, %1$s, COUNT(*) AS opened, COUNT(*) - COUNT(closed_at) AS still_open,
                   SUM(occurrences) AS occurrences
            FROM (SELECT CAST(FLOOR((EXTRACT(EPOCH FROM opened_at) - %2$d) / %3$d) AS BIGINT) AS week_no,
                         source, field, reason, closed_at, occurrences
                  FROM exception WHERE opened_at >= :since AND %4$s) weekly
            GROUP BY week_no, %1$s
            ORDER BY week_no DESC, opened DESC, %1$s LIMIT :limit OFFSET :past""";

    private final Handle handle;

    CauseBook(Handle handle) {
        this.handle = handle;
    }

    /** What causes are told apart by. */
    public enum By {
        SOURCE,
        FIELD,
        REASON;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One cause in one week. What was not asked for is null; a field is null too where no field was at fault.
     *
     * @param week its Monday, by UTC
     * @param opened how many exceptions were opened in it
     * @param stillOpen how many of them are open now
     * @param occurrences how often it happened, also while its exception was open
     */
    public record Row(
            LocalDate week,
            @Nullable String source,
            @Nullable String field,
            @Nullable String reason,
            long opened,
            long stillOpen,
            long occurrences) {}

    /**
     * The newest week first and in it what happened most.
     *
     * @param by not empty
     * @param past so many of them are left out
     */
    public List<Row> weekly(Set<By> by, Instant since, Namespaces scope, int past, int limit) {
        String columns =
                Stream.of(By.values()).filter(by::contains).map(By::word).collect(Collectors.joining(", "));
        String sql = WEEKLY.formatted(columns, FIRST_MONDAY, WEEK, scope.condition("namespace"));
        return scope.filter(handle.createQuery(sql)
                        .bind("since", since)
                        .bind("past", past)
                        .bind("limit", limit))
                .map((row, context) -> new Row(
                        LocalDate.EPOCH.plusDays(4).plusWeeks(row.getLong("week_no")),
                        by.contains(By.SOURCE) ? row.getString("source") : null,
                        by.contains(By.FIELD) ? row.getString("field") : null,
                        by.contains(By.REASON) ? row.getString("reason") : null,
                        row.getLong("opened"),
                        row.getLong("still_open"),
                        row.getLong("occurrences")))
                .list();
    }
}
