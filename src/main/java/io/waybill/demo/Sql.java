package io.waybill.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database of the customer's, read and written by plain SQL. */
record Sql(String url) {
    void run(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    /** Rows as texts, every column bound by position. */
    List<List<String>> rows(String query, Object... values) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var prepared = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            List<List<String>> rows = new ArrayList<>();
            ResultSet found = prepared.executeQuery();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
