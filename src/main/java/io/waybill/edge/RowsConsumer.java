package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Hands on the rows of a table that only grows, lowest number first, each once; the position moves after they are taken in. */
final class RowsConsumer extends ScheduledPollConsumer {
    /** The property of an exchange with the number of its row. */
    static final String NUMBER = "waybillRowNumber";

    private final Plan plan;
    private final Positions positions;
    private final Patience patience;
    private final NamedParameterJdbcTemplate table;
    private @Nullable Numbered numbered;

    /**
     * @param datasource the database's name in the settings
     * @param query a SELECT of rows above {@code :since}, in the order of their numbers
     * @param keyColumn the number
     * @param rows how many are read at a time
     * @param settle the longest that a transaction of the other system stays open
     * @param first the number behind which the very first look begins
     */
    record Plan(
            String source,
            String datasource,
            DataSource database,
            String query,
            String keyColumn,
            int rows,
            Duration settle,
            long first) {
        Plan {
            if (!query.contains(":since") || rows < 1) {
                throw new IllegalArgumentException(
                        "waybill-rows:" + source + " needs a query with :since, and rows above 0");
            }
        }
    }

    RowsConsumer(Endpoint endpoint, Processor processor, Plan plan, Positions positions, Patience patience) {
        super(endpoint, processor);
        this.plan = plan;
        this.positions = positions;
        this.patience = patience;
        JdbcTemplate template = new JdbcTemplate(plan.database());
        template.setMaxRows(plan.rows());
        table = new NamedParameterJdbcTemplate(template);
    }

    @Override
    protected int poll() throws Exception {
        if (!patience.isOver()) {
            return 0;
        }
        try {
            int taken = read();
            patience.answered();
            return taken;
        } catch (DataAccessException e) {
            TableWatch.failed(plan.datasource(), patience, e);
            return 0;
        } catch (ProblemException e) {
            patience.failed(e.problems().get(0), Optional.empty(), isUnnumbered(e));
            return 0;
        }
    }

    /** No other look helps: the route names another column, or its query leaves these rows out. */
    private static boolean isUnnumbered(ProblemException e) {
        String code = e.problems().get(0).code();
        return code.equals(EdgeCode.ROW_NOT_NUMBERED.code())
                || code.equals(EdgeCode.ROW_NUMBER_TWICE.code())
                || code.equals(EdgeCode.ROWS_UNORDERED.code())
                || code.equals(PortCode.ROW_COLUMNS_MISSING.code())
                || code.equals(PortCode.ROW_COLUMNS_SURPLUS.code());
    }

    private int read() throws Exception {
        Numbered stand = stand();
        long readSince = System.nanoTime();
        long since = stand.upTo();
        int taken = 0;
        List<Map<String, Object>> page;
        do {
            page = table.query(plan.query(), Map.of("since", since), new SqlTimes());
            requireDistinct(page);
            requireOrder(page);
            for (Map<String, Object> row : whole(page)) {
                long number = number(row);
                since = Math.max(since, number);
                if (!stand.isTaken(number)) {
                    hand(row, number);
                    stand.taken(number, System.nanoTime());
                    taken++;
                }
            }
            if (stand.advance(readSince)) {
                positions.moveNumber(plan.source(), stand.upTo());
            }
        } while (page.size() == plan.rows() && isRunAllowed() && !isSuspendingOrSuspended());
        return taken;
    }

    private Numbered stand() {
        Numbered now = numbered;
        if (now == null) {
            now = new Numbered(positions.number(plan.source()).orElse(plan.first()), plan.settle());
            numbered = now;
        }
        return now;
    }

    /** A whole one: of 10.1 and 10.2 one would be passed over as known. */
    private long number(Map<String, Object> row) {
        Object value = row.get(plan.keyColumn());
        if (!(value instanceof Number number)) {
            throw problem(EdgeCode.ROW_NOT_NUMBERED, value);
        }
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw problem(EdgeCode.ROW_NOT_NUMBERED, value);
        }
    }

    /** Before the first is taken: another row of the same number would be passed over as known. */
    private void requireDistinct(List<Map<String, Object>> page) {
        Map<Long, Map<String, Object>> rows = new HashMap<>();
        for (Map<String, Object> row : page) {
            long number = number(row);
            Map<String, Object> other = rows.putIfAbsent(number, row);
            if (other != null && !other.equals(row)) {
                throw problem(EdgeCode.ROW_NUMBER_TWICE, number);
            }
        }
    }

    /** Where there are more behind: those of a lower number would never be read. */
    private void requireOrder(List<Map<String, Object>> page) {
        long before = Long.MIN_VALUE;
        for (Map<String, Object> row : page) {
            long number = number(row);
            if (number < before && page.size() == plan.rows()) {
                throw problem(EdgeCode.ROWS_UNORDERED, number);
            }
            before = number;
        }
    }

    /** Where there are more behind, the last number waits for the next page: another row of it may lie beyond this one's end. */
    private List<Map<String, Object>> whole(List<Map<String, Object>> page) {
        if (page.size() < plan.rows()) {
            return page;
        }
        long last = number(page.get(page.size() - 1));
        List<Map<String, Object>> before =
                page.stream().filter(row -> number(row) < last).toList();
        return before.isEmpty() ? page : before;
    }

    private ProblemException problem(EdgeCode code, @Nullable Object value) {
        return new ProblemException(
                Problem.of(code, "source", plan.source(), "column", plan.keyColumn(), "value", String.valueOf(value)));
    }

    private void hand(Map<String, Object> row, long number) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(NUMBER, number);
            exchange.getMessage().setBody(row);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
