package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Who is signed in with a browser: only the sha256 of what its cookie holds. */
public final class SessionBook {
    private final Handle handle;

    SessionBook(Handle handle) {
        this.handle = handle;
    }

    /** @param idSha256 lower-case hex */
    public record Row(String idSha256, String keyId, Instant createdAt, Instant lastSeenAt) {}

    public void insert(Row row) {
        handle.createUpdate("""
                        INSERT INTO session (id_sha256, key_id, created_at, last_seen_at)
                        VALUES (:idSha256, :keyId, :createdAt, :lastSeenAt)""").bindMethods(row).execute();
    }

    /** Those that began after a moment and were not ended. */
    public List<Row> since(Instant began) {
        return handle.createQuery("""
                        SELECT id_sha256, key_id, created_at, last_seen_at
                        FROM session
                        WHERE created_at > :began AND ended_at IS NULL""")
                .bind("began", began)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    public void seen(String idSha256, Instant at) {
        handle.createUpdate("UPDATE session SET last_seen_at = :at WHERE id_sha256 = :id AND last_seen_at < :at")
                .bind("id", idSha256)
                .bind("at", at)
                .execute();
    }

    public void end(String idSha256) {
        handle.createUpdate(
                        "UPDATE session SET ended_at = CURRENT_TIMESTAMP WHERE id_sha256 = :id AND ended_at IS NULL")
                .bind("id", idSha256)
                .execute();
    }

    /** Forgets those that began before a moment. */
    public int forget(Instant began) {
        return handle.createUpdate("DELETE FROM session WHERE created_at < :began")
                .bind("began", began)
                .execute();
    }
}
