package io.waybill.bench;

import io.waybill.ledger.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How many statements the embedded database executes for one order, from its first byte to its delivered events. No clock is involved. */
final class Statements {
    private static final int ORDERS = 400;

    private Statements() {}

    static void run(Store store) throws Exception {
        SteadyCarrier carrier = new SteadyCarrier("S", Duration.ofMillis(20));
        Database database = store.next();
        try (Works works = new Works(database, List.of(carrier.account("steady", 48)));
                Connection connection =
                        DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("SET QUERY_STATISTICS TRUE");
            statement.execute("SET QUERY_STATISTICS_MAX_ENTRIES 10000");
            long before = executed(statement);
            Pace.run(1_000, ORDERS, 48, i -> works.take(Works.order("SO" + i)));
            while (works.delivered.get() < 2 * ORDERS) {
                LockSupport.parkNanos(5_000_000);
            }
            Purchases.say("%.1f statements for each order", (executed(statement) - before) / (double) ORDERS);
            list(statement);
        }
    }

    /** The statements one by one: how often for each order, and the time each took. */
    private static void list(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "SELECT execution_count, average_execution_time, sql_statement FROM INFORMATION_SCHEMA.QUERY_STATISTICS"
                        + " ORDER BY execution_count DESC LIMIT 60")) {
            while (rows.next()) {
                Purchases.say(
                        "%8.3f %8.3f ms  %.110s",
                        rows.getLong(1) / (double) ORDERS,
                        rows.getDouble(2),
                        rows.getString(3).replaceAll("\\s+", " "));
            }
        }
    }

    private static long executed(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT COALESCE(SUM(execution_count), 0) FROM INFORMATION_SCHEMA.QUERY_STATISTICS")) {
            row.next();
            return row.getLong(1);
        }
    }
}
