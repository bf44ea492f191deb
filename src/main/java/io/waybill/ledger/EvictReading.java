package io.waybill.ledger;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Gives up connections to a PostgreSQL that only reads any more, as it does when another has become the primary. They answer
 * whoever only looks, so by themselves they stay in the pool for half an hour.
 */
public final class EvictReading implements SQLExceptionOverride {
    /** Of PostgreSQL: it is asked to write and may only read. */
    static final String READ_ONLY = "25006";

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return READ_ONLY.equals(e.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
