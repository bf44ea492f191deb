package io.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses to change or delete a row of the audit log on H2; PostgreSQL has a function for it. Public because H2 makes it. */
public final class AppendOnly implements Trigger {
    @Override
    public void fire(Connection connection, @Nullable Object[] before, @Nullable Object[] after) throws SQLException {
        throw new SQLException("audit_log is append-only");
    }
}
