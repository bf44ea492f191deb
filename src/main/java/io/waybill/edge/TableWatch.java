package io.waybill.edge;

import io.waybill.problem.Problem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * A database that cannot be asked is left in peace for a while, and told to a person when it stays away; one that does not let us in, or refuses
 * the query, is told at once. So are rows that were taken in and cannot be marked, until a look has marked all it found.
 */
final class TableWatch implements PollingConsumerPollStrategy {
    /** The class of SQL states of who may not connect (ISO 9075). */
    private static final String NOT_LET_IN = "28";

    /** That of a statement that is wrong, or that names what is not there or not ours to read. */
    private static final String REFUSED = "42";

    private final String datasource;
    private final Patience patience;
    private final MarkWatch marks;
    private final PollingConsumerPollStrategy own;

    /**
     * @param datasource its name in the settings
     * @param own what the route does at each look anyway
     */
    TableWatch(String datasource, Patience patience, MarkWatch marks, PollingConsumerPollStrategy own) {
        this.datasource = datasource;
        this.patience = patience;
        this.marks = marks;
        this.own = own;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return patience.isOver() && own.begin(consumer, endpoint);
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        patience.answered();
        marks.looked();
        own.commit(consumer, endpoint, polled);
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) throws Exception {
        failed(datasource, patience, cause);
        return own.rollback(consumer, endpoint, retries, cause);
    }

    /** What a query that failed means to a person. */
    static void failed(String datasource, Patience patience, Exception failure) {
        EdgeCode code = EdgeCode.DATABASE_AWAY;
        Throwable last = failure;
        boolean connecting = false;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            connecting |= each instanceof SQLTransientConnectionException;
            String state = each instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
            if (state.startsWith(NOT_LET_IN)) {
                code = EdgeCode.DATABASE_LOCKED;
            } else if (state.startsWith(REFUSED) && !connecting) {
                code = EdgeCode.DATABASE_REFUSES;
            }
            last = each;
        }
        String why = String.valueOf(last.getMessage());
        boolean forPeople = code != EdgeCode.DATABASE_AWAY;
        patience.failed(Problem.of(code, "datasource", datasource, "why", why), Optional.empty(), forPeople);
    }
}
