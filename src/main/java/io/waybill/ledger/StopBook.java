package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The carrier accounts that buy nothing until they are on again. */
public final class StopBook {
    /** Stands for every account. */
    public static final String ALL = "*";

    private static final String STOPPED = "SELECT account FROM account_stop WHERE account = :account OR account = '*'";

    private final Handle handle;

    StopBook(Handle handle) {
        this.handle = handle;
    }

    /** @param account its name, or {@value #ALL} */
    public record Row(String account, @Nullable String reason, String stoppedBy, Instant stoppedAt) {}

    /** Whether the account, or every one, is stopped. */
    public boolean isStopped(String account) {
        return askStopped(account).get();
    }

    /** The same of a moment within {@link Tx#together}. */
    public Asked<Boolean> askStopped(String account) {
        return Sql.of(handle, STOPPED).bind("account", account).askStrings().map(found -> !found.isEmpty());
    }

    public List<Row> all() {
        return handle.createQuery("SELECT account, reason, stopped_by, stopped_at FROM account_stop ORDER BY account")
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** Stops an account; one that is stopped stays so, for the new reason. */
    public void stop(String account, @Nullable String reason, String by) {
        start(account);
        handle.createUpdate("""
                        INSERT INTO account_stop (account, reason, stopped_by, stopped_at)
                        VALUES (:account, :reason, :by, CURRENT_TIMESTAMP)""")
                .bind("account", account)
                .bind("reason", reason)
                .bind("by", by)
                .execute();
    }

    /** False when it was not stopped. */
    public boolean start(String account) {
        return handle.createUpdate("DELETE FROM account_stop WHERE account = :account")
                        .bind("account", account)
                        .execute()
                > 0;
    }
}
