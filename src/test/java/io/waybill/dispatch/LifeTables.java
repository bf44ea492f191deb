package io.waybill.dispatch;

import io.waybill.ledger.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of the ledger, read beside the code under test. */
final class LifeTables implements AutoCloseable {
    private final Connection connection;

    LifeTables(Database database) throws SQLException {
        connection = DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    List<String> column(String sql, String... values) {
        return rows(sql, 1, values).stream().map(row -> row[0]).toList();
    }

    /** The one value that there is. */
    String value(String sql, String... values) {
        return column(sql, values).get(0);
    }

    boolean has(String sql, String... values) {
        return !column(sql, values).isEmpty();
    }

    List<String[]> rows(String sql, int columns, String... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            List<String[]> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result, columns));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String[] row(ResultSet result, int columns) throws SQLException {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
            row[i] = result.getString(i + 1);
        }
        return row;
    }

    void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** @throws AssertionError when the query finds something */
    void expectNone(String what, String sql) {
        List<String> found = column(sql);
        expect(found.isEmpty(), what + ": " + found);
    }

    /** @throws AssertionError when it does not hold */
    static void expect(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
