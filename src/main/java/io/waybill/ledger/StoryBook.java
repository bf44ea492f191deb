package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What happened to an order, in order: received, revised, mapped, bought, labelled. Appended to, never changed. */
public final class StoryBook {
    private final Handle handle;

    StoryBook(Handle handle) {
        this.handle = handle;
    }

    /** @param detail JSON, or null */
    public record Entry(
            Instant happenedAt,
            String what,
            @Nullable String shipmentUid,
            @Nullable String actor,
            @Nullable String detail) {}

    public void tell(
            String orderUid,
            @Nullable String shipmentUid,
            String what,
            @Nullable String actor,
            @Nullable String detail) {
        handle.createUpdate("""
                        INSERT INTO story (id, order_uid, shipment_uid, happened_at, what, actor, detail)
                        VALUES (:id, :order, :shipment, CURRENT_TIMESTAMP, :what, :actor, :detail)""")
                .bind("id", Ids.next("sto"))
                .bind("order", orderUid)
                .bind("shipment", shipmentUid)
                .bind("what", what)
                .bind("actor", actor)
                .bind("detail", detail)
                .execute();
    }

    public List<Entry> of(String orderUid) {
        return handle.createQuery("""
                        SELECT happened_at, what, shipment_uid, actor, detail
                        FROM story
                        WHERE order_uid = :order
                        ORDER BY id""")
                .bind("order", orderUid)
                .map(ConstructorMapper.of(Entry.class))
                .list();
    }
}
