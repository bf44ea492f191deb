package io.waybill.ledger;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What links are signed with, kept for a short while so that every node opens what another has signed. */
public final class LinkKeyBook {
    private final Handle handle;

    LinkKeyBook(Handle handle) {
        this.handle = handle;
    }

    /** @param fresh whether links may still be signed with it */
    public record Row(String id, byte[] secret, boolean fresh) {}

    /**
     * Newest first.
     *
     * @param signs for how long a key signs
     */
    public List<Row> all(Duration signs) {
        return handle.createQuery("SELECT id, secret, made_at > " + FromNow.by("ago")
                        + " AS fresh FROM link_key ORDER BY made_at DESC, id DESC")
                .bind("ago", -FromNow.seconds(signs))
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** @param keep for how long; older ones are forgotten */
    public void add(String id, byte[] secret, Duration keep) {
        handle.createUpdate("DELETE FROM link_key WHERE made_at < " + FromNow.by("ago"))
                .bind("ago", -FromNow.seconds(keep))
                .execute();
        handle.createUpdate("INSERT INTO link_key (id, secret, made_at) VALUES (:id, :secret, CURRENT_TIMESTAMP)")
                .bind("id", id)
                .bind("secret", secret)
                .execute();
    }
}
