package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

class InvoicesOnPostgresTest extends InvoicesContract {
    @Override
    Database database(Path at) {
        return Stores.postgres();
    }

    @Override
    boolean waits(Connection database) throws SQLException {
        try (ResultSet count = database.createStatement()
                .executeQuery(
                        "SELECT COUNT(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted AND a.datname = current_database()")) {
            return count.next() && count.getInt(1) > 0;
        }
    }
}
