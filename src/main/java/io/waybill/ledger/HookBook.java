package io.waybill.ledger;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What carriers pushed, until it is read. */
public final class HookBook {
    private static final RecordMapper<Delivery> DELIVERY = RecordMapper.of(Delivery.class);

    private final Handle handle;

    HookBook(Handle handle) {
        this.handle = handle;
    }

    /** @param tries how often it could not be read */
    public record Delivery(String id, String account, byte[] body, int tries) {}

    public void keep(String account, byte[] body) {
        handle.createUpdate("""
                        INSERT INTO carrier_hook (id, account, body, tries, received_at, due)
                        VALUES (:id, :account, :body, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""")
                .bind("id", Ids.next("hook"))
                .bind("account", account)
                .bind("body", body)
                .execute();
    }

    /** The oldest that shall be read now. */
    public List<Delivery> due(int limit) {
        return handle.createQuery("""
                        SELECT id, account, body, tries FROM carrier_hook
                        WHERE due <= CURRENT_TIMESTAMP ORDER BY due, id LIMIT :limit""").bind("limit", limit).map(DELIVERY).list();
    }

    /** It was read, and what it told is recorded. */
    public void read(String id) {
        handle.createUpdate("DELETE FROM carrier_hook WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** It could not be read; it is tried again after {@code wait}. */
    public void postpone(String id, Duration wait) {
        handle.createUpdate(
                        "UPDATE carrier_hook SET tries = tries + 1, due = " + FromNow.by("wait") + " WHERE id = :id")
                .bind("wait", FromNow.seconds(wait))
                .bind("id", id)
                .execute();
    }

    /** Tries what an account sent and could not be read. */
    public void retry(String account) {
        handle.createUpdate("UPDATE carrier_hook SET due = CURRENT_TIMESTAMP WHERE account = :account")
                .bind("account", account)
                .execute();
    }

    /** Whether something an account sent could not be read yet. */
    public boolean hasUnreadable(String account) {
        return handle.createQuery("SELECT COUNT(*) FROM carrier_hook WHERE account = :account AND tries > 0")
                        .bind("account", account)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Drops what could not be read for so long. */
    public void forget(Duration age) {
        handle.createUpdate("DELETE FROM carrier_hook WHERE received_at < " + FromNow.by("age"))
                .bind("age", FromNow.seconds(age.negated()))
                .execute();
    }
}
