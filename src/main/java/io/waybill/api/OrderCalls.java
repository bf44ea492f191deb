package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.delivery.Delivery;
import io.waybill.intake.Desk;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderSearch;
import io.waybill.ledger.OrderStatus;
import io.waybill.ledger.Standing;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.order.Packing;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Orders that are in: one, a list, and what a person or the pack bench does with them. */
final class OrderCalls {
    /** What a list is asked by. */
    static final List<String> FILTERS = List.of(
            "namespace", "orderId", "trackingNumber", "reference", "q", "key", "status", "channel", "since", "until");

    /** How an order can have come; the routes of a hub name theirs among these. */
    private static final List<String> CHANNELS =
            List.of("api", "portal", "file", "sql", "upload", "webhook", "poll", "kafka", "packing", "edit");

    private static final int PAGE = 50;
    private final Ledger ledger;
    private final Orders orders;
    private final Desk desk;
    private final Delivery delivery;
    private final Waits waits;
    private final Availability availability;

    OrderCalls(Ledger ledger, Orders orders, Desk desk, Delivery delivery, Waits waits, Availability availability) {
        this.availability = availability;
        this.ledger = ledger;
        this.orders = orders;
        this.desk = desk;
        this.delivery = delivery;
        this.waits = waits;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/orders", Scope.READ, this::list)
                        .taking(Stream.concat(FILTERS.stream(), Stream.of("cursor", "format"))
                                .toArray(String[]::new)),
                Resource.get("/orders/{id}", Scope.READ, this::one),
                Resource.put("/orders/{id}/parcels", Scope.ORDERS_WRITE, this::pack)
                        .needing(Scope.LABELS_BUY),
                Resource.act("/orders/{id}/release", Scope.LABELS_BUY, this::release),
                Resource.act("/orders/{id}/retry", Scope.LABELS_BUY, request -> act(request, desk::retry)),
                Resource.act("/orders/{id}/cancel", Scope.ORDERS_WRITE, request -> act(request, desk::cancel)));
    }

    private Answer list(Request request) throws IOException {
        OrderSearch search =
                search(request, request.named("status").map(OrderCalls::status).orElse(null), PAGE + 1);
        if (Listed.isTable(request)) {
            return new OrderExport(ledger, availability).of(request, search);
        }
        return ledger.read(tx -> {
            Paged<OrderRow> found =
                    Paged.of(tx.orders().search(search, request.caller().namespaces()), PAGE);
            List<ObjectNode> items = new OrderView(tx, request)
                    .briefs(found.rows()).stream().map(availability::tell).toList();
            return Listed.answer(items, found.next(OrderRow::id));
        });
    }

    /**
     * What a list that is asked by it would refuse.
     *
     * @throws ProblemException {@code bad-parameter}
     */
    static void requireFilter(Request request, Map<String, String> filter) {
        Request asked = new Request(
                request.id(),
                request.caller(),
                request.method(),
                request.path(),
                Map.of(),
                filter,
                Map.of(),
                request.body(),
                request.language(),
                request.host());
        search(asked, asked.named("status").map(OrderCalls::status).orElse(null), PAGE);
    }

    private static String status(String word) {
        if (!OrderStatus.words().contains(word)) {
            throw Request.badParameter("status", word, String.join(", ", OrderStatus.words()));
        }
        return word;
    }

    private static OrderSearch search(Request request, @Nullable String state, int most) {
        return new OrderSearch(
                request.named("namespace").orElse(null),
                request.named("orderId").orElse(null),
                request.named("trackingNumber").orElse(null),
                request.named("reference").orElse(null),
                request.named("q").orElse(null),
                state,
                request.cursor("ord").orElse(null),
                request.named("key").map(String::strip).orElse(null),
                request.among("channel", CHANNELS).orElse(null),
                request.from("since").orElse(null),
                request.upTo("until").orElse(null),
                most);
    }

    private Answer one(Request request) {
        String id = request.parameter("id");
        return ledger.read(tx -> {
            OrderRow order = find(tx.orders().find(id, request.caller().namespaces()), id);
            ObjectNode story = new OrderStory(tx, request).of(order);
            Optional<Instant> since = delivery.kept().map(age -> tx.now().minus(age));
            since.filter(moment -> order.receivedAt().isBefore(moment))
                    .ifPresent(moment -> story.put("deliveriesSince", moment.toString()));
            return Answer.ok(availability.tell(story));
        });
    }

    /** What is packed is released and bought. */
    private Answer pack(Request request) {
        JsonNode body = orders.parse(request.body());
        Packing packing = orders.readPacking(body);
        requireSameOrder(packing, request);
        return act(request, (id, scope, actor) -> desk.pack(id, packing.parcels(), scope, actor));
    }

    /** Parcels that name another order were meant for that one. */
    private void requireSameOrder(Packing packing, Request request) {
        String id = request.parameter("id");
        OrderRow order =
                ledger.read(tx -> find(tx.orders().find(id, request.caller().namespaces()), id));
        if (packing.orderId() != null && !packing.orderId().equals(order.orderId())) {
            throw new ProblemException(
                    Problem.of(ApiCode.OTHER_ORDER, "said", packing.orderId(), "orderId", order.orderId())
                            .at("/orderId"));
        }
    }

    /** Whoever administers the hub may spend more than its limit. */
    private Answer release(Request request) {
        return act(request, request.caller().may(Scope.ADMIN) ? desk::releasePastLimit : desk::release);
    }

    private interface Act {
        void on(String id, Namespaces scope, String actor);
    }

    private Answer act(Request request, Act act) {
        String id = request.parameter("id");
        act.on(id, request.caller().namespaces(), request.caller().name());
        Standing standing = waits.await(id, request);
        return Settled.answer(ledger, standing, 200, request);
    }

    private static OrderRow find(Optional<OrderRow> order, String id) {
        return order.orElseThrow(() -> new ProblemException(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", id)));
    }
}
