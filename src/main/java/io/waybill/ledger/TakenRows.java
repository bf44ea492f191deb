package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The documents of a file with their orders' labels, a page at a time and in four statements whatever its size. */
public final class TakenRows {
    private static final String RESULT = """
            CASE WHEN d.recorded_at < f.received_at AND d.result IN ('ACCEPTED', 'REPLACED')
                 THEN 'DUPLICATE' ELSE d.result END""";

    private static final String DOCUMENTS = """
            SELECT d.ordinal, d.first_row, d.last_row, d.order_id, o.id AS order_uid, %s AS result, d.code, d.problems
            FROM inbound_document d
            JOIN inbound_file f ON f.id = d.file_id
            LEFT JOIN orders o ON o.id = d.order_uid AND %s
            WHERE d.file_id = :file AND d.ordinal > :after
            ORDER BY d.file_id, d.ordinal LIMIT :limit""";

    /** From the file to its orders, each counted once; asked the other way round, H2 reads the file for each shipment there is. */
    static final String STATES = """
            SELECT s.state AS word, COUNT(DISTINCT s.id) AS n
            FROM inbound_document d JOIN shipment s ON s.order_uid = d.order_uid
            WHERE d.file_id = :file AND s.state NOT IN ('VOIDED', 'CANCELLED') GROUP BY s.state""";

    private static final String COSTS = """
            SELECT shipment_uid, MIN(currency) AS currency, SUM(amount) AS amount FROM charge
            WHERE shipment_uid IN (<shipments>) AND side = 'expected'
            GROUP BY shipment_uid HAVING COUNT(DISTINCT currency) = 1""";

    private static final RecordMapper<ShipmentRow> SHIPMENT = RecordMapper.of(ShipmentRow.class);

    private final Handle handle;

    TakenRows(Handle handle) {
        this.handle = handle;
    }

    /** Its documents after an ordinal, in order. */
    public List<TakenRow> of(String file, Namespaces scope, int after, int limit) {
        List<Document> documents = scope.filter(
                        handle.createQuery(DOCUMENTS.formatted(RESULT, scope.condition("o.namespace")))
                                .bind("file", file)
                                .bind("after", after)
                                .bind("limit", limit))
                .map(ConstructorMapper.of(Document.class))
                .list();
        Map<String, List<ShipmentRow>> all = shipments(documents.stream()
                .map(Document::orderUid)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        List<String> ids =
                all.values().stream().flatMap(List::stream).map(ShipmentRow::id).toList();
        Map<String, List<String>> numbers = new NumberBook(handle).tracking(ids);
        Map<String, Cost> costs = costs(ids);
        return documents.stream()
                .map(document -> row(document, all.getOrDefault(document.orderUid(), List.of()), numbers, costs))
                .toList();
    }

    /** How many of its documents ended in each result. */
    public Map<String, Integer> results(String file) {
        return counts(
                "SELECT " + RESULT + " AS word, COUNT(*) AS n FROM inbound_document d"
                        + " JOIN inbound_file f ON f.id = d.file_id WHERE d.file_id = :file GROUP BY " + RESULT,
                file);
    }

    /** In which states the shipments of its orders stand, those given up apart. */
    public Map<String, Integer> states(String file) {
        return counts(STATES, file);
    }

    private Map<String, Integer> counts(String sql, String file) {
        return Tally.of(handle.createQuery(sql).bind("file", file));
    }

    /** A document before its order is looked at. */
    public record Document(
            int ordinal,
            long firstRow,
            long lastRow,
            @Nullable String orderId,
            @Nullable String orderUid,
            String result,
            @Nullable String code,
            @Nullable String problems) {}

    private record Cost(BigDecimal amount, String currency) {}

    private static TakenRow row(
            Document document, List<ShipmentRow> all, Map<String, List<String>> numbers, Map<String, Cost> costs) {
        List<ShipmentRow> shipments = live(all);
        List<ShipmentRow> standing = standing(all, shipments);
        Cost cost = cost(standing, costs);
        return new TakenRow(
                document.ordinal(),
                document.firstRow(),
                document.lastRow(),
                document.orderId(),
                document.orderUid(),
                document.result(),
                document.code(),
                document.problems(),
                shipments.stream()
                        .map(row -> new TakenRow.Part(row, numbers.getOrDefault(row.id(), List.of())))
                        .toList(),
                standing.stream()
                        .flatMap(row -> numbers.getOrDefault(row.id(), List.of()).stream())
                        .distinct()
                        .toList(),
                cost == null ? null : cost.amount(),
                cost == null ? null : cost.currency());
    }

    /** Of all of them whose cost is known; null when none is, or they are in several currencies. */
    private static @Nullable Cost cost(List<ShipmentRow> shipments, Map<String, Cost> costs) {
        List<Cost> each = shipments.stream()
                .flatMap(row -> Stream.ofNullable(costs.get(row.id())))
                .toList();
        boolean comparable = each.stream().map(Cost::currency).distinct().count() == 1;
        return comparable
                ? new Cost(
                        each.stream().map(Cost::amount).reduce(BigDecimal.ZERO, BigDecimal::add),
                        each.get(0).currency())
                : null;
    }

    /** What was neither given back nor given up, a second label beside the first; where nothing is, the last. */
    private static List<ShipmentRow> standing(List<ShipmentRow> all, List<ShipmentRow> last) {
        List<ShipmentRow> standing = all.stream()
                .filter(row -> !row.state().isOver() && row.state() != ShipmentState.VOIDING)
                .toList();
        return standing.isEmpty() ? last : standing;
    }

    private static List<ShipmentRow> live(List<ShipmentRow> all) {
        Comparator<ShipmentRow> livelier = Comparator.<ShipmentRow, Boolean>comparing(
                        row -> !row.state().isOver())
                .thenComparing(row -> !row.bringsBack())
                .thenComparing(ShipmentRow::seq);
        return all.isEmpty() ? all : withItsPieces(Collections.max(all, livelier), all);
    }

    private Map<String, List<ShipmentRow>> shipments(Collection<String> orders) {
        Map<String, List<ShipmentRow>> found = new HashMap<>();
        if (!orders.isEmpty()) {
            handle.createQuery(ShipmentBook.COLUMNS + " WHERE s.order_uid IN (<orders>) ORDER BY s.seq")
                    .bindList("orders", orders)
                    .map(SHIPMENT)
                    .forEach(row -> found.computeIfAbsent(row.orderUid(), key -> new ArrayList<>())
                            .add(row));
        }
        return found;
    }

    private static List<ShipmentRow> withItsPieces(ShipmentRow one, List<ShipmentRow> all) {
        return all.stream()
                .filter(row -> row.isPieceBeside(one)
                        && row.state().isOver() == one.state().isOver())
                .toList();
    }

    private Map<String, Cost> costs(List<String> shipments) {
        Map<String, Cost> costs = new HashMap<>();
        if (!shipments.isEmpty()) {
            handle.createQuery(COSTS)
                    .bindList("shipments", shipments)
                    .map((row, context) -> Map.entry(
                            row.getString("shipment_uid"),
                            new Cost(row.getBigDecimal("amount"), row.getString("currency"))))
                    .forEach(entry -> costs.put(entry.getKey(), entry.getValue()));
        }
        return costs;
    }
}
