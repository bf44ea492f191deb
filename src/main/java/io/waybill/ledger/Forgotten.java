package io.waybill.ledger;

import io.waybill.order.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes what is personal of orders out of every table, for all of them at once. No statement asks for one thing or another,
 * which would read the whole table: there is one for each.
 */
final class Forgotten {
    private static final String SHIPMENTS = "(SELECT s.id FROM shipment s WHERE s.order_uid = ANY(:orders))";

    /** What was rejected of the same orders before they were. */
    private static final String REJECTED = """
            (SELECT a.%1$s FROM rejection a WHERE a.replaced_by = ANY(:orders)
             UNION SELECT b.%1$s FROM orders o JOIN rejection b ON b.namespace = o.namespace AND b.order_id = o.order_id
                WHERE o.id = ANY(:orders)
             UNION SELECT c.%1$s FROM orders o JOIN rejection c ON c.namespace IS NULL AND c.order_id = o.order_id
                WHERE o.id = ANY(:orders))""";

    private static final String REJECTIONS = REJECTED.formatted("id");

    /** Their own, and those about what was rejected of them. What a sink said of one, which a person is told, may quote it. */
    private static final String EVENTS = """
            entity_id IN (SELECT o.id FROM orders o WHERE o.id = ANY(:orders)
                UNION SELECT x.id FROM exception x WHERE x.order_uid = ANY(:orders)
                UNION SELECT y.id FROM exception y WHERE y.subject_id IN %s)""".formatted(REJECTIONS);

    /**
     * What a carrier said of the manifests that their shipments may have been left out of: those that followed, up to the one they are in,
     * or within the month in which a label that is in none is still handed over.
     */
    private static final String LEFT_OUT = """
            UPDATE manifest SET words = NULL WHERE words IS NOT NULL AND id IN (
                SELECT m.id FROM shipment s JOIN manifest m ON m.account = s.account AND m.created_at >= s.bought_at
                LEFT JOIN manifest own ON own.id = s.manifest_id
                WHERE s.order_uid = ANY(:orders) AND s.imported = FALSE
                    AND m.created_at <= COALESCE(own.created_at, s.bought_at + INTERVAL '30' DAY))""";

    private static final List<String> OF_ORDERS = List.of(
            "DELETE FROM order_identifier WHERE order_uid = ANY(:orders)",
            "DELETE FROM order_word WHERE order_uid = ANY(:orders)",
            "UPDATE order_revision SET content = '{}', content_sha256 = 'erased' WHERE order_uid = ANY(:orders)",
            "UPDATE story SET detail = NULL WHERE order_uid = ANY(:orders)",
            "UPDATE inbox SET problems = NULL WHERE problems IS NOT NULL AND order_uid = ANY(:orders)",
            "UPDATE inbound_document SET problems = NULL WHERE problems IS NOT NULL AND order_uid = ANY(:orders)",
            // H2 finds no row by the pair alone
            """
            UPDATE inbound_document SET problems = NULL WHERE problems IS NOT NULL
                AND file_id IN (SELECT f.file_id FROM rejection f WHERE f.id IN %1$s)
                AND (file_id, ordinal) IN (SELECT r.file_id, r.ordinal FROM rejection r WHERE r.id IN %1$s)""".formatted(REJECTIONS),
            "DELETE FROM source_document WHERE order_uid = ANY(:orders)",
            "DELETE FROM source_document WHERE id IN " + REJECTED.formatted("document_id"),
            "UPDATE rejection SET problems = '[]' WHERE id IN " + REJECTIONS,
            """
            DELETE FROM shadow_document WHERE id IN (SELECT d.id FROM orders o
                JOIN shadow_document d ON d.namespace = o.namespace AND d.order_id = o.order_id
                WHERE o.id = ANY(:orders))""",
            "UPDATE shipment SET parcels = NULL, problem = NULL, track_due = NULL WHERE order_uid = ANY(:orders)",
            "UPDATE quote SET parts = NULL, excluded = NULL WHERE order_uid = ANY(:orders)",
            """
            UPDATE quote SET parts = NULL, excluded = NULL WHERE id IN (SELECT q.id FROM orders o
                JOIN quote q ON q.namespace = o.namespace AND q.order_id = o.order_id WHERE o.id = ANY(:orders))""",
            "UPDATE quote SET parts = NULL, excluded = NULL WHERE shipment_uid IN " + SHIPMENTS,
            """
            DELETE FROM tracking_event WHERE id IN (SELECT e.id FROM tracking_event e JOIN tracking_event first
                ON first.shipment_uid = e.shipment_uid AND first.tracking_number = e.tracking_number
                    AND first.happened_at = e.happened_at AND first.code = e.code AND first.id < e.id
                JOIN shipment s ON s.id = e.shipment_uid WHERE s.order_uid = ANY(:orders))""",
            "UPDATE tracking_event SET text = NULL, reason = NULL, place = '' WHERE shipment_uid IN " + SHIPMENTS,
            "UPDATE exception SET problems = '[]' WHERE order_uid = ANY(:orders)",
            "UPDATE exception SET problems = '[]' WHERE subject_id IN " + REJECTIONS,
            "UPDATE exception SET problems = '[]' WHERE subject_id IN (SELECT e.id FROM outbox e WHERE e." + EVENTS
                    + ")",
            "UPDATE orphan SET words = NULL WHERE shipment_uid IN " + SHIPMENTS,
            "UPDATE refund SET words = NULL WHERE words IS NOT NULL AND shipment_uid IN " + SHIPMENTS,
            """
            UPDATE dispute SET words = NULL WHERE words IS NOT NULL AND id IN (
                SELECT x.dispute_uid FROM dispute_line x WHERE x.shipment_uid IN %s)""".formatted(SHIPMENTS),
            """
            UPDATE variance_decision SET reason = NULL WHERE reason IS NOT NULL AND finding_id IN (
                SELECT f.id FROM invoice_finding f WHERE f.shipment_uid IN %s)""".formatted(SHIPMENTS),
            LEFT_OUT);

    private static final List<String> OF_NUMBERS = List.of("""
            UPDATE inbound_document SET problems = NULL WHERE problems IS NOT NULL AND order_id = ANY(:numbers)
               AND file_id IN (SELECT f.id FROM inbound_file f WHERE f.source = :source)""", """
            UPDATE batch_row SET problems = NULL, content_sha256 = NULL
            WHERE order_id = ANY(:numbers) AND batch_id IN (SELECT b.id FROM batch b WHERE b.source = :source)""", """
            UPDATE compared_row SET problems = NULL, skipped = NULL
            WHERE order_id = ANY(:numbers) AND sheet_id IN (SELECT c.id FROM compared_sheet c WHERE c.source = :source)""");

    private static final List<String> OF_NUMBERS_THERE = List.of("""
            UPDATE batch_row SET problems = NULL, content_sha256 = NULL
            WHERE order_id = ANY(:numbers) AND COALESCE(namespace, :namespace) = :namespace
               AND batch_id IN (SELECT b.id FROM batch b WHERE b.namespace = :namespace)""", """
            UPDATE compared_row SET problems = NULL, skipped = NULL
            WHERE order_id = ANY(:numbers) AND COALESCE(namespace, :namespace) = :namespace
               AND sheet_id IN (SELECT c.id FROM compared_sheet c WHERE c.namespace = :namespace)""");

    private static final String TOLD = "SELECT id, sink, payload FROM outbox WHERE " + EVENTS;

    private static final RecordMapper<Event> EVENT = RecordMapper.of(Event.class);

    private final Handle handle;

    Forgotten(Handle handle) {
        this.handle = handle;
    }

    /** One that a sink is owed or has had. */
    record Event(String id, String sink, String payload) {}

    void of(List<OrderRow> orders) {
        List<String> ids = orders.stream().map(OrderRow::id).toList();
        events(Sql.of(handle, TOLD).bindArray("orders", ids).list(EVENT));
        OF_ORDERS.forEach(
                statement -> Sql.of(handle, statement).bindArray("orders", ids).execute());
        orders.stream()
                .collect(Collectors.groupingBy(
                        OrderRow::source, Collectors.mapping(OrderRow::orderId, Collectors.toList())))
                .forEach(this::ofNumbers);
        orders.stream()
                .collect(Collectors.groupingBy(
                        OrderRow::namespace, Collectors.mapping(OrderRow::orderId, Collectors.toList())))
                .forEach(this::ofNumbersThere);
        contents(orders);
        List<ShipmentRow> shipments = new ShipmentBook(handle)
                .of(ids).get().values().stream().flatMap(List::stream).toList();
        shipments(shipments);
        labels(shipments.stream().map(ShipmentRow::id).toList());
    }

    /** What a source said of its documents of these numbers. */
    private void ofNumbers(String source, List<String> numbers) {
        OF_NUMBERS.forEach(statement -> Sql.of(handle, statement)
                .bindArray("numbers", numbers)
                .bind("source", source)
                .execute());
    }

    /** What was said of these numbers in sheets of a namespace, whoever handed them in. */
    private void ofNumbersThere(String namespace, List<String> numbers) {
        OF_NUMBERS_THERE.forEach(statement -> Sql.of(handle, statement)
                .bindArray("numbers", numbers)
                .bind("namespace", namespace)
                .execute());
    }

    private void contents(List<OrderRow> orders) {
        Sql contents = Sql.of(handle, """
                UPDATE orders SET content = :rest, effective = :rest, content_sha256 = 'erased',
                    recipient = NULL, reference = NULL, erased_at = CURRENT_TIMESTAMP
                WHERE id = :id""");
        orders.forEach(order -> contents.bind("id", order.id())
                .bind("rest", Erased.content(Json.kept(order.effective())).toString())
                .add());
        contents.write();
    }

    private void shipments(List<ShipmentRow> rows) {
        Sql shipments = Sql.of(handle, "UPDATE shipment SET asked = :asked, piece = :piece WHERE id = :id");
        rows.forEach(row -> shipments
                .bind("id", row.id())
                .bind(
                        "asked",
                        row.asked() == null
                                ? null
                                : Erased.said(Json.kept(row.asked())).toString())
                .bind(
                        "piece",
                        row.piece() == null
                                ? null
                                : Piece.read(row.piece()).erased().text())
                .add());
        shipments.write();
    }

    /** The label bytes of shipments, the requests and answers that bought them, and the papers they were handed over with, which are as personal. */
    void labels(List<String> shipments) {
        Sql.of(handle, """
                        UPDATE document SET bytes = NULL, sha256 = 'erased', erased_at = COALESCE(erased_at, CURRENT_TIMESTAMP)
                        WHERE shipment_uid = ANY(:shipments)""").bindArray("shipments", shipments).execute();
        Sql.of(handle, """
                        UPDATE purchase_attempt SET request_bytes = :none, response_bytes = NULL, words = NULL
                        WHERE shipment_uid = ANY(:shipments)""")
                .bind("none", new byte[0])
                .bindArray("shipments", shipments)
                .execute();
        Sql.of(handle, """
                        DELETE FROM manifest_paper WHERE manifest_id IN (
                            SELECT s.manifest_id FROM shipment s WHERE s.id = ANY(:shipments))""").bindArray("shipments", shipments).execute();
    }

    /**
     * First of all, as a delivery under way keeps what its sink says in its exception too, unless it finds the event changed. What a sink gathers
     * of it for a bundle is as its mapping wrote it, so it goes as a whole.
     */
    private void events(List<Event> events) {
        Sql payloads = Sql.of(
                handle,
                "UPDATE outbox SET payload = :payload,"
                        + " last_error = CASE WHEN last_error IS NOT NULL THEN 'erased' END WHERE id = :id");
        Sql bundled = Sql.of(handle, "UPDATE bundled_event SET content = NULL WHERE sink = :sink AND event_id = :id");
        events.forEach(event -> {
            payloads.bind("id", event.id())
                    .bind("payload", Erased.event(Json.kept(event.payload())).toString())
                    .add();
            bundled.bind("id", event.id()).bind("sink", event.sink()).add();
        });
        payloads.write();
        bundled.write();
    }
}
