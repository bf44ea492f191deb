package io.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session on PostgreSQL that holds advisory locks: they go with it, however its process ends. A process that says
 * nothing for long loses it, so that a paused one holds up nobody. Not for several threads at once.
 */
final class NodeSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSession.class);

    /** A machine that vanished is noticed after 5 + 3 × 5 seconds. */
    private static final String NOTICE_A_DEAD_MACHINE =
            "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

    private final Connection connection;
    private final long backend;

    private NodeSession(Connection connection) throws SQLException {
        this.connection = connection;
        this.backend = PoolBetween.backend(connection);
    }

    /** @param silence after which the server ends it */
    static NodeSession open(Database database, String name, Duration silence) throws SQLException {
        Connection connection = database.session("waybill " + name);
        try {
            prepare(connection, silence);
            return new NodeSession(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void prepare(Connection connection, Duration silence) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(NOTICE_A_DEAD_MACHINE);
            statement.execute("SET idle_session_timeout = " + silence.toMillis());
        } catch (SQLException e) {
            LOG.warn(
                    "a node that stands still keeps its duties, PostgreSQL 14 or newer would end its session: {}",
                    e.getMessage());
        }
    }

    /** False when another session has it. To be asked once for each. */
    boolean tryLock(String what) throws SQLException {
        return locked("SELECT pg_try_advisory_lock(%s)", what);
    }

    void unlock(String what) throws SQLException {
        locked("SELECT pg_advisory_unlock(%s)", what);
    }

    /** Asks the server; a pool in between that hands out another session each time has none of our locks. */
    void require() throws SQLException {
        if (PoolBetween.backend(connection) != backend) {
            throw new SQLException("the session changed: waybill.db.url must not lead to a pool by transactions");
        }
    }

    private boolean locked(String sql, String what) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql.formatted(NodeBook.KEY.formatted("CAST(? AS TEXT)")))) {
            statement.setString(1, what);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("the session was gone", e);
        }
    }
}
