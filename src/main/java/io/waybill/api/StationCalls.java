package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.dispatch.Dispatch;
import io.waybill.intake.Desk;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
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
import io.waybill.station.Stations;
import java.util.Comparator;
import java.util.List;

/**
 * Printing at a bench: a label that is there, or the one an order is waiting for. Printing again counts a reprint; it never
 * buys a second label.
 */
final class StationCalls {
    private static final int LONGEST_ID = 100;

    private final Ledger ledger;
    private final Orders orders;
    private final Desk desk;
    private final Stations stations;
    private final Printing printing;
    private final Waits waits;

    StationCalls(Ledger ledger, Orders orders, Desk desk, Dispatch dispatch, Stations stations, Waits waits) {
        this.ledger = ledger;
        this.orders = orders;
        this.desk = desk;
        this.stations = stations;
        this.printing = new Printing(ledger, dispatch, stations);
        this.waits = waits;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/stations", Scope.READ, this::list),
                Resource.act("/shipments/{id}/print", Scope.LABELS_BUY, this::printOne)
                        .taking("station", "parcel"),
                Resource.post("/stations/{station}/print", Scope.LABELS_BUY, this::printOrder));
    }

    /** The place of a printer, an address or a folder of this machine, is told to who sees all whose printer it is. */
    private Answer list(Request request) {
        Namespaces own = request.caller().namespaces();
        List<ObjectNode> items = stations.all().stream()
                .filter(station -> station.namespaces().isEmpty()
                        || station.namespaces().stream().anyMatch(own::has))
                .map(station -> JsonNodeFactory.instance
                        .objectNode()
                        .put("name", station.name())
                        .put("where", own.covers(whose(station)) ? station.where() : null)
                        .put("format", station.format().orElse(null)))
                .toList();
        return Listed.answer(items, null);
    }

    private static Namespaces whose(Station station) {
        return station.namespaces().isEmpty() ? Namespaces.ALL : Namespaces.of(station.namespaces());
    }

    private Answer printOne(Request request) {
        String id = request.parameter("id");
        ShipmentRow row = ledger.read(
                        tx -> tx.shipments().find(id, request.caller().namespaces()))
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.SHIPMENT_NOT_FOUND, "id", id)));
        String station = request.required("station", "legal.station");
        Integer parcel = request.query("parcel").map(text -> parcel(text)).orElse(null);
        return Answer.ok(
                printing.print(List.of(row), station, parcel, request.caller().name()));
    }

    private static int parcel(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw Request.badParameter("parcel", text, "1, 2, 3 …");
        }
        return Integer.parseInt(text);
    }

    /**
     * {@code {orderId, namespace, parcels}}: parcels are taken while nothing is bought, and the label is waited for. Others than
     * it was bought for are told, whoever packed them.
     */
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
        OtherParcels.refuse(standing.order(), labelled, packing == null ? null : packing.parcels());
        return labelled.isEmpty()
                ? ledger.read(tx -> Unprinted.answer(tx, standing, request))
                : Answer.ok(printing.print(
                        labelled,
                        request.parameter("station"),
                        null,
                        request.caller().name()));
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
}
