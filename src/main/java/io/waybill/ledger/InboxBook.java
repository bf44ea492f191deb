package io.waybill.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What each source has handed over, by the key it was known under: an Idempotency-Key, a row's primary key. */
public final class InboxBook {
    private static final RecordMapper<Entry> ENTRY = RecordMapper.of(Entry.class);

    private final Handle handle;

    InboxBook(Handle handle) {
        this.handle = handle;
    }

    /** @param orderUid the hub id of the order it became, or null when it was rejected */
    public record Entry(
            String bodySha256,
            @Nullable String orderUid,
            String result,
            @Nullable String problems) {}

    public Optional<Entry> find(String source, String key) {
        return handle.createQuery("""
                        SELECT body_sha256, order_uid, result, problems
                        FROM inbox
                        WHERE source = :source AND idem_key = :key""")
                .bind("source", source)
                .bind("key", key)
                .map(ENTRY)
                .findOne();
    }

    public void put(String source, String key, Entry entry) {
        handle.createUpdate("""
                        INSERT INTO inbox (source, idem_key, body_sha256, order_uid, result, problems, received_at)
                        VALUES (:source, :key, :sha, :order, :result, :problems, CURRENT_TIMESTAMP)""")
                .bind("source", source)
                .bind("key", key)
                .bind("sha", entry.bodySha256())
                .bind("order", entry.orderUid())
                .bind("result", entry.result())
                .bind("problems", entry.problems())
                .execute();
    }
}
