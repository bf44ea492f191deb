package io.waybill.ledger;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who did what: appended to, never changed. */
public final class AuditBook {
    private final Handle handle;

    AuditBook(Handle handle) {
        this.handle = handle;
    }

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
}
