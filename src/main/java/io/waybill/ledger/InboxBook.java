package io.waybill.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What each source has handed over, by the key it was known under: an Idempotency-Key, a row's primary key. */
public final class InboxBook {
    private static final RecordMapper<Entry> ENTRY = RecordMapper.of(Entry.class);
    private static final RecordMapper<Key> KEY = RecordMapper.of(Key.class);

    /** Joined, because H2 looks up a list in the first column of an index only. */
    private static final String AMONG = """
            SELECT i.source, i.idem_key
            FROM UNNEST(CAST(:sources AS VARCHAR ARRAY), CAST(:keys AS VARCHAR ARRAY)) AS w(source, idem_key)
            JOIN inbox i ON i.source = w.source AND i.idem_key = w.idem_key""";

    private static final String PUT = """
            INSERT INTO inbox (source, idem_key, body_sha256, order_uid, result, problems, received_at)
            VALUES (:source, :key, :sha, :order, :result, :problems, CURRENT_TIMESTAMP)""";

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

    /** The name something was handed over under. */
    public record Key(String source, String idemKey) {}

    /** Which of these something was handed over under before. */
    public Asked<Set<Key>> among(Collection<Key> keys) {
        return keys.isEmpty()
                ? Asked.answered(Set.of())
                : Sql.of(handle, AMONG)
                        .bindArray("sources", keys.stream().map(Key::source).toList())
                        .bindArray("keys", keys.stream().map(Key::idemKey).toList())
                        .ask(KEY)
                        .map(Set::copyOf);
    }

    public void put(String source, String key, Entry entry) {
        put(Map.of(new Key(source, key), entry));
    }

    public void put(Map<Key, Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Sql put = Sql.of(handle, PUT);
        entries.forEach((key, entry) -> put.bind("source", key.source())
                .bind("key", key.idemKey())
                .bind("sha", entry.bodySha256())
                .bind("order", entry.orderUid())
                .bind("result", entry.result())
                .bind("problems", entry.problems())
                .add());
        put.write();
    }
}
