package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

class InvoicesOnH2Test extends InvoicesContract {
    @Override
    Database database(Path at) {
        return Stores.h2(at);
    }

    @Override
    boolean waits(Connection database) throws SQLException {
        try (ResultSet count = database.createStatement()
                .executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")) {
            return count.next() && count.getInt(1) > 0;
        }
    }
}
