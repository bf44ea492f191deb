package io.waybill.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Takes personal data out of the ledger. Who was shipped to, what was sent and said is gone; what it cost, its numbers,
 * the country and the beginning of the postal code stay, so that every invoice still finds its shipment.
 */
public final class ErasureBook {
    private static final String STILL_OPEN = """
            EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id
                    AND s.state NOT IN ('LABELLED', 'VOIDED', 'CANCELLED'))""";

    private static final List<String> TOLD = List.of(
            told("rejection", "id", "rejected_at < %s AND problems <> '[]'", "'[]'"),
            told("exception", "id", "closed_at < %s AND problems <> '[]'", "'[]'"),
            told("inbound_document", "file_id, ordinal", "recorded_at < %s AND problems IS NOT NULL", "NULL"),
            told(
                    "batch_row",
                    "batch_id, ordinal",
                    "problems IS NOT NULL AND batch_id IN (SELECT b.id FROM batch b WHERE b.created_at < %s)",
                    "NULL"));

    private static final String CLOSED_FOR = """
            SELECT o.id FROM orders o WHERE o.erased_at IS NULL AND o.updated_at < %1$s AND NOT %2$s
              AND NOT EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id
                              AND COALESCE(s.tracking_at, s.labelled_at, s.created_at) >= %1$s)
            ORDER BY o.updated_at LIMIT :limit""".formatted(FromNow.by("age"), STILL_OPEN);

    private final Handle handle;

    ErasureBook(Handle handle) {
        this.handle = handle;
    }

    /** Of these, the orders none of whose shipments may still be bought, corrected or given back: then their data is no longer needed. */
    public Set<String> closed(Collection<String> orders) {
        return Set.copyOf(Sql.of(handle, "SELECT o.id FROM orders o WHERE o.id = ANY(:orders) AND NOT " + STILL_OPEN)
                .bindArray("orders", orders)
                .strings());
    }

    /** Whether the order was forgotten, and not sent again since. */
    public boolean isErased(String orderUid) {
        return handle.createQuery("SELECT COUNT(*) FROM orders WHERE id = :order AND erased_at IS NOT NULL")
                        .bind("order", orderUid)
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /** Whether one of them was. */
    public boolean isAnyErased(Collection<String> orders) {
        return !Sql.of(handle, "SELECT o.id FROM orders o WHERE o.id = ANY(:orders) AND o.erased_at IS NOT NULL")
                .bindArray("orders", orders)
                .strings()
                .isEmpty();
    }

    /** Erases orders, whose rows the caller has locked. */
    public void erase(List<OrderRow> orders) {
        if (!orders.isEmpty()) {
            new Forgotten(handle).of(orders);
        }
    }

    /** Erases the label bytes of shipments, and the requests and answers that bought them. */
    public void forget(List<String> shipments) {
        new Forgotten(handle).labels(shipments);
    }

    /** Orders without an open shipment that nothing has happened to for so long, not yet erased, oldest first. */
    public List<String> closedFor(Duration age, int limit) {
        return handle.createQuery(CLOSED_FOR)
                .bind("age", -FromNow.seconds(age))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** The orders of a namespace that are not erased, after {@code after} by id. */
    public List<String> of(String namespace, String after, int limit) {
        return handle.createQuery("""
                        SELECT id FROM orders WHERE namespace = :namespace AND erased_at IS NULL AND id > :after
                        ORDER BY id LIMIT :limit""")
                .bind("namespace", namespace)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Shipments that are over or on their way whose label bytes are older than that, oldest first. */
    public List<String> labelledFor(Duration age, int limit) {
        return handle.createQuery(
                        "SELECT DISTINCT d.shipment_uid FROM document d JOIN shipment s ON s.id = d.shipment_uid"
                                + " WHERE d.erased_at IS NULL AND s.state IN ('LABELLED', 'VOIDED') AND d.created_at < "
                                + FromNow.by("age") + " LIMIT :limit")
                .bind("age", -FromNow.seconds(age))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Forgets what was said of documents longer ago than that: it quotes them. Answers how many sayings went. */
    public int toldLongerAgoThan(Duration age, int limit) {
        return TOLD.stream()
                .mapToInt(sql -> handle.createUpdate(sql)
                        .bind("age", -FromNow.seconds(age))
                        .bind("limit", limit)
                        .execute())
                .sum();
    }

    /**
     * Deletes at most {@code limit} originals that came longer ago than that, whatever their source keeps; answers how many.
     * Their ids begin with their time, so the oldest come first, and no other is read while there are such.
     */
    public int originalsOlderThan(Duration age, int limit) {
        return handle.createUpdate("DELETE FROM source_document WHERE id IN (SELECT id FROM source_document"
                        + " WHERE received_at < " + FromNow.by("age") + " ORDER BY id LIMIT :limit)")
                .bind("age", -FromNow.seconds(age))
                .bind("limit", limit)
                .execute();
    }

    private static String told(String table, String key, String old, String nothing) {
        return "UPDATE %1$s SET problems = %4$s WHERE (%2$s) IN (SELECT %2$s FROM %1$s WHERE %3$s LIMIT :limit)"
                .formatted(table, key, old.formatted(FromNow.by("age")), nothing);
    }
}
