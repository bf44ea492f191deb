package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What happened to an order, in order: received, revised, mapped, bought, labelled. Appended to, never changed. */
public final class StoryBook {
    private static final String TELL = """
            INSERT INTO story (id, order_uid, shipment_uid, happened_at, what, actor, detail)
            VALUES (:id, :order, :shipment, CURRENT_TIMESTAMP, :what, :actor, :detail)""";

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

    /**
     * Something that happened.
     *
     * @param detail JSON, or null
     */
    public record Line(
            String orderUid,
            @Nullable String shipmentUid,
            String what,
            @Nullable String actor,
            @Nullable String detail) {}

    public void tell(
            String orderUid,
            @Nullable String shipmentUid,
            String what,
            @Nullable String actor,
            @Nullable String detail) {
        tell(List.of(new Line(orderUid, shipmentUid, what, actor, detail)));
    }

    /** Several, in the order they happened. */
    public void tell(List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        Sql told = Sql.of(handle, TELL);
        lines.forEach(line -> told.bind("id", Ids.next("sto"))
                .bind("order", line.orderUid())
                .bind("shipment", line.shipmentUid())
                .bind("what", line.what())
                .bind("actor", line.actor())
                .bind("detail", line.detail())
                .add());
        told.write();
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
