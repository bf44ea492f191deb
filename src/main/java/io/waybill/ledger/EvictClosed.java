package io.waybill.ledger;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Gives up connections to an embedded database that closed itself, as it does when its file cannot be written; the next one
 * opens it again. By themselves they say that they are valid, for ever.
 */
public final class EvictClosed implements SQLExceptionOverride {
    /** Of H2: the database is closed, by an error or by somebody. */
    private static final Set<Integer> CLOSED = Set.of(90098, 90121);

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return CLOSED.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
