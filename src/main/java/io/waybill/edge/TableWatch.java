package io.waybill.edge;

import io.waybill.problem.Problem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * A database that cannot be asked is left in peace for a while, and told to a person when it stays away; one that does not let us in, or refuses
 * the query, is told at once. So are rows that were taken in and cannot be marked, until a look has marked all it found.
 */
final class TableWatch implements PollingConsumerPollStrategy {
    /** Who may not connect: a class of SQL states (ISO 9075); of SQL Server and Oracle the number behind the state. */
    private static final Pattern NOT_LET_IN =
            Pattern.compile("28.*|S0\\w* (18452|18456|18470|1848[678])|72000 1017|99999 28000");

    /** A statement that is wrong, or that names what is not there or not ours to read; SQL Server says much else in its class. */
    private static final Pattern REFUSED = Pattern.compile("42.*|S0\\w* ([12]\\d\\d|300|4104)");

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
        if (!Consumers.missesLedger(cause)) {
            failed(datasource, patience, cause);
        }
        return own.rollback(consumer, endpoint, retries, cause);
    }

    /** What a query that failed means to a person. */
    static void failed(String datasource, Patience patience, Exception failure) {
        EdgeCode code = EdgeCode.DATABASE_AWAY;
        Throwable last = failure;
        boolean connecting = false;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            connecting |= each instanceof SQLTransientConnectionException;
            if (each instanceof SQLException said) {
                if (is(NOT_LET_IN, said)) {
                    code = EdgeCode.DATABASE_LOCKED;
                } else if (refuses(said) && !connecting) {
                    code = EdgeCode.DATABASE_REFUSES;
                }
            }
            last = each;
        }
        String why = String.valueOf(last.getMessage());
        boolean forPeople = code != EdgeCode.DATABASE_AWAY;
        patience.failed(Problem.of(code, "datasource", datasource, "why", why), Optional.empty(), forPeople);
    }

    /** Whether the statement itself is wrong, or not ours to make. */
    static boolean refuses(SQLException said) {
        return is(REFUSED, said);
    }

    private static boolean is(Pattern what, SQLException said) {
        return what.matcher(said.getSQLState() + " " + said.getErrorCode()).matches();
    }
}
