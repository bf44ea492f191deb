package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.dispatch.Dispatch;
import io.waybill.intake.Desk;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.NumberBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderSearch;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Standing;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.order.Packing;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.station.Station;
import io.waybill.station.StationCode;
import io.waybill.station.Stations;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Printing at a bench: a label that is there, or the one an order is waiting for. Printing again counts a reprint; it never
 * buys a second label.
 */
final class StationCalls {
    private static final int LONGEST_ID = 100;

    private final Ledger ledger;
    private final Orders orders;
    private final Desk desk;
    private final Dispatch dispatch;
    private final Stations stations;
    private final Waits waits;

    StationCalls(Ledger ledger, Orders orders, Desk desk, Dispatch dispatch, Stations stations, Waits waits) {
        this.ledger = ledger;
        this.orders = orders;
        this.desk = desk;
        this.dispatch = dispatch;
        this.stations = stations;
        this.waits = waits;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/stations", Scope.READ, this::list),
                Resource.act("/shipments/{id}/print", Scope.LABELS_BUY, this::printOne)
                        .taking("station", "parcel"),
                Resource.post("/stations/{station}/print", Scope.LABELS_BUY, this::printOrder));
    }

    private Answer list(Request request) {
        List<ObjectNode> items = stations.all().stream()
                .filter(station -> station.namespaces().isEmpty()
                        || station.namespaces().stream()
                                .anyMatch(request.caller().namespaces()::has))
                .map(station -> JsonNodeFactory.instance
                        .objectNode()
                        .put("name", station.name())
                        .put("where", station.where())
                        .put("format", station.format().orElse(null)))
                .toList();
        return Listed.answer(request, items, null);
    }

    private Answer printOne(Request request) {
        String id = request.parameter("id");
        ShipmentRow row = ledger.read(
                        tx -> tx.shipments().find(id, request.caller().namespaces()))
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.SHIPMENT_NOT_FOUND, "id", id)));
        String station = request.required("station", "legal.station");
        Integer parcel = request.query("parcel").map(text -> parcel(text)).orElse(null);
        return Answer.ok(print(List.of(row), station, parcel, request));
    }

    private static int parcel(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw Request.badParameter("parcel", text, "1, 2, 3 …");
        }
        return Integer.parseInt(text);
    }

    /** {@code {orderId, namespace, parcels}}: parcels are taken while nothing is bought, and the label is waited for. */
    private Answer printOrder(Request request) {
        JsonNode body = Fields.among(Said.in(request.body()), "orderId", "namespace", "parcels");
        if (body.has("parcels")) {
            request.caller().require(Scope.ORDERS_WRITE);
        }
        Packing packing = body.has("parcels") ? orders.readPacking(withoutNamespace(body)) : null;
        OrderRow order = find(body, request);
        stations.get(request.parameter("station"), order.namespace());
        if (packing != null && labelled(shipments(order)).isEmpty()) {
            desk.pack(
                    order.id(),
                    packing.parcels(),
                    request.caller().namespaces(),
                    request.caller().name());
        }
        Standing standing = waits.await(order.id(), request);
        List<ShipmentRow> labelled = labelled(standing.shipments());
        return labelled.isEmpty()
                ? ledger.read(tx -> Unprinted.answer(tx, standing, request))
                : Answer.ok(print(labelled, request.parameter("station"), null, request));
    }

    private static JsonNode withoutNamespace(JsonNode body) {
        ObjectNode packing = body.deepCopy();
        packing.remove("namespace");
        return packing;
    }

    private OrderRow find(JsonNode body, Request request) {
        String orderId = Fields.word(body, "orderId", LONGEST_ID);
        if (orderId.isEmpty()) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "orderId").at("/orderId"));
        }
        Namespaces scope = request.caller().namespaces();
        String said = Fields.text(body, "namespace");
        String namespace = said.isEmpty() ? null : said;
        List<OrderRow> found = ledger.read(
                tx -> tx.orders().search(new OrderSearch(namespace, orderId, null, null, null, null, null, 2), scope));
        if (found.isEmpty()) {
            throw new ProblemException(
                    Problem.of(OrderCode.ORDER_NOT_FOUND, "id", orderId).at("/orderId"));
        }
        if (found.size() > 1) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "namespace").at("/namespace"));
        }
        return found.get(0);
    }

    private List<ShipmentRow> shipments(OrderRow order) {
        return ledger.read(tx -> tx.shipments().of(order.id()));
    }

    /** The newest label that goes out and counts, with those of its other parcels where each was bought by itself; none while one of them is not there. */
    private static List<ShipmentRow> labelled(List<ShipmentRow> all) {
        List<ShipmentRow> live = all.stream()
                .filter(row -> !row.imported() && !row.state().isOver() && !row.bringsBack())
                .toList();
        return live.stream()
                .filter(row -> row.state() == ShipmentState.LABELLED)
                .max(Comparator.comparing(ShipmentRow::seq))
                .map(newest ->
                        live.stream().filter(row -> row.isPieceBeside(newest)).toList())
                .filter(rows -> rows.stream().allMatch(row -> row.state() == ShipmentState.LABELLED))
                .orElse(List.of());
    }

    private ObjectNode print(List<ShipmentRow> rows, String name, @Nullable Integer only, Request request) {
        ShipmentRow first = rows.get(0);
        OrderRow order = ledger.read(tx -> tx.orders().find(first.orderUid(), Namespaces.ALL))
                .orElseThrow();
        ObjectNode told = JsonNodeFactory.instance
                .objectNode()
                .put("station", name)
                .put("orderId", order.orderId())
                .put("order", order.id())
                .put("shipment", first.id());
        ArrayNode printed = told.putArray("printed");
        Station station = stations.get(name, order.namespace());
        rows.forEach(row -> print(order, row, station, only, request, printed));
        return told;
    }

    private void print(
            OrderRow order,
            ShipmentRow row,
            Station station,
            @Nullable Integer only,
            Request request,
            ArrayNode printed) {
        if (row.imported()) {
            throw new ProblemException(Problem.of(ApiCode.LABEL_IS_ELSEWHERE, "id", row.id()));
        }
        if (row.state() != ShipmentState.LABELLED) {
            throw notLabelled(row);
        }
        String format = station.format().orElse(row.labelFormat());
        Map<Integer, String> numbers = numbers(row);
        Map<Integer, byte[]> labels = labels(row, station, format, only);
        labels.forEach((parcel, label) -> {
            int prints = print(
                    order, row, station, format, parcel, label, request.caller().name());
            printed.addObject()
                    .put("shipment", row.id())
                    .put("parcel", parcel)
                    .put("trackingNumber", numbers.get(parcel))
                    .put("format", format)
                    .put("prints", prints)
                    .put("reprint", prints > 1);
        });
    }

    /** Of one parcel or of all. None is printed where one is missing. */
    private Map<Integer, byte[]> labels(ShipmentRow row, Station station, String format, @Nullable Integer only) {
        Map<Integer, byte[]> labels = new LinkedHashMap<>();
        for (int parcel : only == null ? dispatch.parcels(row, format) : List.of(only)) {
            labels.put(
                    parcel, dispatch.label(row, parcel, format).orElseThrow(() -> none(row, station, format, parcel)));
        }
        if (labels.isEmpty()) {
            throw none(row, station, format, 1);
        }
        return labels;
    }

    /** The tracking number of each parcel; the first of one that has several. */
    private Map<Integer, String> numbers(ShipmentRow row) {
        return ledger.read(tx -> tx.numbers().of(row.id())).stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.toMap(
                        NumberBook.External::parcel, NumberBook.External::numberValue, (first, other) -> first));
    }

    /** Counted when it has left for the printer, and not before. */
    private int print(
            OrderRow order, ShipmentRow row, Station station, String format, int parcel, byte[] label, String actor) {
        int before = ledger.read(tx -> tx.labels().prints(row.id(), parcel));
        String job = row.id() + "-" + parcel + (before == 0 ? "" : "-" + (before + 1));
        String href = "/v1/shipments/" + row.id() + "/label?parcel=" + parcel;
        stations.print(station, job, format, label, href);
        return ledger.commit(tx -> {
            int prints = tx.labels().printed(row.id(), parcel);
            ObjectNode detail = JsonNodeFactory.instance
                    .objectNode()
                    .put("station", station.name())
                    .put("parcel", parcel)
                    .put("prints", prints);
            tx.story().tell(row.orderUid(), row.id(), "printed", actor, detail.toString());
            tx.audit().record(actor, "label.printed", row.id(), order.namespace(), detail.toString());
            return prints;
        });
    }

    /** A label that is given back, or about to be, is still kept: on a parcel it would be of no worth. */
    private ProblemException notLabelled(ShipmentRow row) {
        if (row.state().isOver() || row.state() == ShipmentState.VOIDING) {
            String orderId = ledger.read(tx -> tx.orders().find(row.orderUid(), Namespaces.ALL))
                    .orElseThrow()
                    .orderId();
            return new ProblemException(Problem.of(ApiCode.NOTHING_TO_PRINT, "orderId", orderId));
        }
        return new ProblemException(Problem.of(OrderCode.LABEL_NOT_READY, "id", row.id(), "seconds", 2));
    }

    private static ProblemException none(ShipmentRow row, Station station, String format, int parcel) {
        return new ProblemException(
                station.format().isPresent()
                        ? Problem.of(
                                StationCode.STATION_FORMAT,
                                "station",
                                station.name(),
                                "format",
                                format,
                                "label",
                                row.labelFormat())
                        : Problem.of(ApiCode.NO_SUCH_PARCEL, "id", row.id(), "parcel", parcel, "format", format));
    }
}
