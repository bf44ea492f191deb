package io.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** Writes down the words of the names that were taken in before they were looked for by words. */
final class NamesOfOlderOrders implements JavaMigration {
    private static final int AT_ONCE = 1_000;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("66");
    }

    @Override
    public String getDescription() {
        return "names of older orders";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (PreparedStatement read =
                        connection.prepareStatement("SELECT id, recipient FROM orders WHERE recipient IS NOT NULL");
                PreparedStatement keep =
                        connection.prepareStatement("INSERT INTO order_word (order_uid, word) VALUES (?, ?)")) {
            read.setFetchSize(AT_ONCE);
            int waiting = 0;
            try (ResultSet orders = read.executeQuery()) {
                while (orders.next()) {
                    for (String word : NameWords.of(orders.getString(2))) {
                        keep.setString(1, orders.getString(1));
                        keep.setString(2, word);
                        keep.addBatch();
                        waiting++;
                    }
                    if (waiting >= AT_ONCE) {
                        keep.executeBatch();
                        waiting = 0;
                    }
                }
            }
            keep.executeBatch();
        }
    }
}
