package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.intake.Desk;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Search;
import io.waybill.ledger.OrderRow;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Orders that are in: one, a list, and what a person or the pack bench does with them. */
final class OrderCalls {
    private static final int PAGE = 50;

    private final Ledger ledger;
    private final Orders orders;
    private final Desk desk;
    private final Waits waits;

    OrderCalls(Ledger ledger, Orders orders, Desk desk, Waits waits) {
        this.ledger = ledger;
        this.orders = orders;
        this.desk = desk;
        this.waits = waits;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/orders", Scope.READ, this::list),
                Resource.get("/orders/{id}", Scope.READ, this::one),
                Resource.put("/orders/{id}/parcels", Scope.ORDERS_WRITE, this::pack),
                Resource.post("/orders/{id}/release", Scope.LABELS_BUY, request -> act(request, desk::release)),
                Resource.post("/orders/{id}/retry", Scope.LABELS_BUY, request -> act(request, desk::retry)),
                Resource.post("/orders/{id}/cancel", Scope.ORDERS_WRITE, request -> act(request, desk::cancel)));
    }

    private Answer list(Request request) {
        Search search = new Search(
                request.query("namespace").orElse(null),
                request.query("orderId").orElse(null),
                request.query("trackingNumber").orElse(null),
                request.query("reference").orElse(null),
                request.query("q").orElse(null),
                request.query("state")
                        .map(state -> state.toUpperCase(Locale.ROOT))
                        .orElse(null),
                request.query("cursor").orElse(null),
                PAGE);
        return ledger.read(tx -> {
            List<OrderRow> found = tx.orders().search(search, request.caller().namespaces());
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode items = answer.putArray("items");
            OrderView view = new OrderView(tx, request.language());
            found.forEach(order -> items.add(view.brief(order)));
            return Answer.ok(answer.put(
                    "next", found.size() == PAGE ? found.get(PAGE - 1).id() : null));
        });
    }

    private Answer one(Request request) {
        String id = request.parameter("id");
        return ledger.read(tx -> Answer.ok(new OrderView(tx, request.language())
                .whole(find(tx.orders().find(id, request.caller().namespaces()), id))));
    }

    private Answer pack(Request request) {
        JsonNode body = orders.parse(request.body());
        var packing = orders.readPacking(body);
        return act(request, (id, scope, actor) -> desk.pack(id, packing.parcels(), scope, actor));
    }

    private interface Act {
        void on(String id, Namespaces scope, String actor);
    }

    private Answer act(Request request, Act act) {
        String id = request.parameter("id");
        act.on(id, request.caller().namespaces(), request.caller().name());
        waits.await(id, Waits.of(request.header("Prefer")).atMost());
        return ledger.read(tx ->
                Settled.answer(tx, find(tx.orders().find(id, request.caller().namespaces()), id), 200, request));
    }

    private static OrderRow find(Optional<OrderRow> order, String id) {
        return order.orElseThrow(() -> new ProblemException(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", id)));
    }
}
