package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Who did what: appended to in the transaction of the act, never changed; the database itself refuses to. Nothing is
 * ever erased from it, so nothing about a recipient may be written into it, nor what a person types about an order: that stands
 * in the story of the order, and is forgotten with it.
 */
public final class AuditBook {
    private final Handle handle;

    AuditBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * One act.
     *
     * @param actor the key, or the person who holds it
     * @param act {@code order.released | key.created | backup.made | …}
     * @param namespace null for an act on the hub as a whole
     */
    public record Entry(
            String id,
            Instant happenedAt,
            String actor,
            String act,
            @Nullable String entityId,
            @Nullable String namespace,
            @Nullable String detail) {}

    public void record(
            String actor, String act, @Nullable String entityId, @Nullable String namespace, @Nullable String detail) {
        handle.createUpdate("""
                        INSERT INTO audit_log (id, happened_at, actor, act, entity_id, namespace, detail)
                        VALUES (:id, CURRENT_TIMESTAMP, :actor, :act, :entity, :namespace, :detail)""")
                .bind("id", Ids.next("aud"))
                .bind("actor", actor)
                .bind("act", act)
                .bind("entity", entityId)
                .bind("namespace", namespace)
                .bind("detail", detail)
                .execute();
    }

    /**
     * Newest first. Whoever sees all namespaces also sees the acts that belong to none.
     *
     * @param entity null for any
     * @param before the id of the last entry of the page before, or null
     */
    public List<Entry> list(Namespaces scope, @Nullable String entity, @Nullable String before, int limit) {
        return new Where()
                .in(scope, "namespace")
                .and("entity_id = :entity", "entity", entity)
                .and("id < :before", "before", before)
                .query(
                        handle,
                        "SELECT id, happened_at, actor, act, entity_id, namespace, detail FROM audit_log",
                        " ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .map(ConstructorMapper.of(Entry.class))
                .list();
    }
}
