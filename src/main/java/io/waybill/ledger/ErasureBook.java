package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Takes personal data out of the ledger. Who was shipped to, what was sent and said is gone; what it cost, its numbers,
 * the country and the beginning of the postal code stay, so that every invoice still finds its shipment.
 */
public final class ErasureBook {
    private static final String SHIPMENTS = "(SELECT id FROM shipment WHERE order_uid = :order)";

    private static final String STILL_OPEN = """
            EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id
                    AND s.state NOT IN ('LABELLED', 'VOIDED', 'CANCELLED'))""";

    /** What an earlier rejection kept of the same order: it had no order row then. */
    private static final String REJECTED = """
            (SELECT r.%s FROM rejection r WHERE r.document_id IS NOT NULL AND (r.replaced_by = :order
                OR (r.order_id = :orderId AND (r.namespace = :namespace OR r.namespace IS NULL))))""";

    /** Its own, and those about what was rejected of it before it was an order. */
    private static final String EVENTS = "entity_id = :order OR entity_id IN (SELECT x.id FROM exception x WHERE"
            + " x.order_uid = :order OR x.subject_id IN " + REJECTED.formatted("id") + ")";

    private static final List<String> STATEMENTS = List.of(
            "DELETE FROM order_identifier WHERE order_uid = :order",
            "DELETE FROM order_word WHERE order_uid = :order",
            "UPDATE order_revision SET content = '{}', content_sha256 = 'erased' WHERE order_uid = :order",
            "UPDATE story SET detail = NULL WHERE order_uid = :order",
            "UPDATE inbox SET problems = NULL WHERE order_uid = :order",
            """
            UPDATE inbound_document SET problems = NULL WHERE order_uid = :order
               OR (order_id = :orderId AND file_id IN (SELECT f.id FROM inbound_file f WHERE f.source = :source))""",
            """
            UPDATE batch_row SET problems = NULL, content_sha256 = NULL
            WHERE order_id = :orderId AND batch_id IN (SELECT b.id FROM batch b WHERE b.source = :source)""",
            """
            UPDATE compared_row SET problems = NULL, skipped = NULL
            WHERE order_id = :orderId AND sheet_id IN (SELECT c.id FROM compared_sheet c WHERE c.source = :source)""",
            "DELETE FROM source_document WHERE order_uid = :order OR id IN " + REJECTED.formatted("document_id"),
            """
            UPDATE rejection SET problems = '[]'
            WHERE replaced_by = :order OR (order_id = :orderId AND (namespace = :namespace OR namespace IS NULL))""",
            "DELETE FROM shadow_document WHERE namespace = :namespace AND order_id = :orderId",
            "UPDATE shipment SET parcels = NULL, problem = NULL, track_due = NULL WHERE order_uid = :order",
            "UPDATE quote SET parts = NULL, excluded = NULL WHERE order_uid = :order"
                    + " OR (namespace = :namespace AND order_id = :orderId) OR shipment_uid IN " + SHIPMENTS,
            """
            DELETE FROM tracking_event WHERE id IN (SELECT e.id FROM tracking_event e JOIN tracking_event first
                ON first.shipment_uid = e.shipment_uid AND first.tracking_number = e.tracking_number
                    AND first.happened_at = e.happened_at AND first.code = e.code AND first.id < e.id
                JOIN shipment s ON s.id = e.shipment_uid WHERE s.order_uid = :order)""",
            "UPDATE tracking_event SET text = NULL, reason = NULL, place = '' WHERE shipment_uid IN " + SHIPMENTS,
            "UPDATE exception SET problems = '[]' WHERE order_uid = :order OR subject_id IN "
                    + REJECTED.formatted("id"),
            "UPDATE orphan SET words = NULL WHERE shipment_uid IN " + SHIPMENTS,
            "UPDATE outbox SET last_error = NULL WHERE " + EVENTS);

    /** The asking and the answer of a purchase are as personal as the label they brought. */
    private static final String FORGET_ATTEMPTS = """
            UPDATE purchase_attempt SET request_bytes = :none, response_bytes = NULL, words = NULL
            WHERE shipment_uid = :shipment""";

    private static final String FORGET_LABELS = """
            UPDATE document SET bytes = NULL, sha256 = 'erased', erased_at = CURRENT_TIMESTAMP
            WHERE shipment_uid = :shipment AND erased_at IS NULL""";

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

    private static final RecordMapper<Event> EVENT = RecordMapper.of(Event.class);

    private final Handle handle;

    /** One that a sink is owed or has had. */
    record Event(String id, String sink, String payload) {}

    ErasureBook(Handle handle) {
        this.handle = handle;
    }

    /** False while a shipment of the order may still be bought, corrected or given back: then its data is still needed. */
    public boolean isClosed(String orderUid) {
        return handle.createQuery("SELECT " + STILL_OPEN + " FROM orders o WHERE o.id = :order")
                .bind("order", orderUid)
                .mapTo(Boolean.class)
                .findOne()
                .map(open -> !open)
                .orElse(false);
    }

    /** Whether the order was forgotten, and not sent again since. */
    public boolean isErased(String orderUid) {
        return handle.createQuery("SELECT COUNT(*) FROM orders WHERE id = :order AND erased_at IS NOT NULL")
                        .bind("order", orderUid)
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /** Erases one order, whose row the caller has locked. */
    public void erase(OrderRow order) {
        Map<String, String> about = Map.of(
                "order", order.id(),
                "orderId", order.orderId(),
                "namespace", order.namespace(),
                "source", order.source());
        for (String statement : STATEMENTS) {
            handle.createUpdate(statement).bindMap(about).execute();
        }
        String rest = Erased.content(Trees.read(order.effective())).toString();
        handle.createUpdate("""
                        UPDATE orders SET content = :rest, effective = :rest, content_sha256 = 'erased',
                            recipient = NULL, reference = NULL, erased_at = CURRENT_TIMESTAMP
                        WHERE id = :order""").bind("rest", rest).bind("order", order.id()).execute();
        new ShipmentBook(handle).of(order.id()).forEach(this::forget);
        handle.createQuery("SELECT id, sink, payload FROM outbox WHERE " + EVENTS)
                .bindMap(about)
                .map(EVENT)
                .list()
                .forEach(this::strip);
    }

    private void forget(ShipmentRow shipment) {
        handle.createUpdate("UPDATE shipment SET asked = :asked, piece = :piece WHERE id = :id")
                .bind(
                        "asked",
                        shipment.asked() == null
                                ? null
                                : Erased.said(Trees.read(shipment.asked())).toString())
                .bind(
                        "piece",
                        shipment.piece() == null
                                ? null
                                : Piece.read(shipment.piece()).erased().text())
                .bind("id", shipment.id())
                .execute();
        forget(shipment.id());
    }

    /** Erases the label bytes of a shipment, and the request and answer that bought them. */
    public void forget(String shipment) {
        handle.createUpdate(FORGET_LABELS).bind("shipment", shipment).execute();
        handle.createUpdate(FORGET_ATTEMPTS)
                .bind("none", new byte[0])
                .bind("shipment", shipment)
                .execute();
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

    /** Deletes at most {@code limit} originals that came longer ago than that, whatever their source keeps; answers how many. */
    public int originalsOlderThan(Duration age, int limit) {
        return handle.createUpdate("DELETE FROM source_document WHERE id IN (SELECT id FROM source_document"
                        + " WHERE received_at < " + FromNow.by("age") + " ORDER BY received_at LIMIT :limit)")
                .bind("age", -FromNow.seconds(age))
                .bind("limit", limit)
                .execute();
    }

    private static String told(String table, String key, String old, String nothing) {
        return "UPDATE %1$s SET problems = %4$s WHERE (%2$s) IN (SELECT %2$s FROM %1$s WHERE %3$s LIMIT :limit)"
                .formatted(table, key, old.formatted(FromNow.by("age")), nothing);
    }

    /** What a sink gathers of it for a bundle is as its mapping wrote it, so it goes as a whole. */
    private void strip(Event event) {
        JsonNode whole = Trees.read(event.payload());
        handle.createUpdate("UPDATE outbox SET payload = :payload WHERE id = :id")
                .bind("payload", Erased.event(whole).toString())
                .bind("id", event.id())
                .execute();
        handle.createUpdate("UPDATE bundled_event SET content = NULL WHERE sink = :sink AND event_id = :id")
                .bind("sink", event.sink())
                .bind("id", event.id())
                .execute();
    }
}
