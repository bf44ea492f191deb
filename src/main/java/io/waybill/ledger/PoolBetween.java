package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A pool between hub and PostgreSQL, such as PgBouncer. One by transactions has no sessions, and so no locks of them. */
final class PoolBetween {
    private PoolBetween() {}

    /** @throws ProblemException {@code ledger-pooled} where what this session is for is given to another */
    static void requireSessions(Connection session, Database database) throws SQLException {
        try (Connection other = database.session("waybill")) {
            if (isByTransactions(session, other)) {
                throw new ProblemException(Problem.of(LedgerCode.LEDGER_POOLED, "url", database.toldUrl()));
            }
        }
    }

    /** Whether the server a session had is another's as soon as that one is in a transaction. */
    static boolean isByTransactions(Connection session, Connection other) throws SQLException {
        long before = backend(session);
        other.setAutoCommit(false);
        backend(other);
        boolean changed = backend(session) != before;
        other.rollback();
        return changed;
    }

    static long backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
            result.next();
            return result.getLong(1);
        }
    }
}
