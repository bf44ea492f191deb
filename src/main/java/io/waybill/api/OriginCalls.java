package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.delivery.Delivery;
import io.waybill.format.Document;
import io.waybill.ledger.DeliveryBook.Told;
import io.waybill.ledger.DocumentBook.Kept;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.mapping.Explained;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where what stands in an order comes from, and what was told of it: its original through its mapping, and a delivery's payload. */
final class OriginCalls {
    private final Ledger ledger;
    private final Mappings mappings;
    private final Delivery delivery;

    OriginCalls(Ledger ledger, Mappings mappings, Delivery delivery) {
        this.ledger = ledger;
        this.mappings = mappings;
        this.delivery = delivery;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/orders/{id}/mapped", Scope.READ, this::mapped),
                Resource.get("/deliveries/{id}", Scope.READ, this::delivery));
    }

    /** As the mapping reads it today; {@code mappingVersion} is the version it came in by. */
    private Answer mapped(Request request) throws IOException {
        String id = request.parameter("id");
        OrderRow order = ledger.read(tx -> tx.orders().find(id, request.caller().namespaces()))
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", id)));
        Optional<Kept> kept = ledger.read(tx -> tx.originals().ofOrder(id));
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("mapping", order.mapping())
                .put("mappingVersion", order.mappingVersion());
        ArrayNode fields = view.putArray("fields");
        if (kept.isPresent()
                && mappings.names().contains(String.valueOf(kept.get().mapping()))) {
            Mapping mapping = mappings.get(String.valueOf(kept.get().mapping()));
            view.put("readBy", mapping.version());
            Document document = Document.of(Json.mapper().readTree(kept.get().bytes()));
            mapping.explain(document).stream()
                    .filter(line -> !line.result().isEmpty())
                    .forEach(line -> fields.add(field(line)));
        }
        assumed(view.putArray("assumed"), order);
        return Answer.ok(view);
    }

    private static ObjectNode field(Explained line) {
        ObjectNode field = JsonNodeFactory.instance
                .objectNode()
                .put("field", line.field())
                .put("source", line.source())
                .put("raw", line.raw())
                .put("value", line.result())
                .put("line", line.line());
        line.verbs().forEach(field.putArray("verbs")::add);
        return field;
    }

    /** What nobody said: the source's defaults. Parcels from the pack bench were said there. */
    private void assumed(ArrayNode into, OrderRow order) {
        boolean packed = ledger.<Boolean>read(
                tx -> tx.shipments().of(order.id()).stream().anyMatch(shipment -> shipment.parcels() != null));
        Content.diff(Json.kept(order.content()), Json.kept(order.effective())).stream()
                .filter(change -> change.before() == null)
                .filter(change -> !packed || !change.pointer().startsWith("/parcels"))
                .forEach(change ->
                        Optional.ofNullable(change.after()).ifPresent(value -> leaves(into, change.pointer(), value)));
    }

    private static void leaves(ArrayNode into, String pointer, JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(field -> leaves(into, pointer + "/" + field.getKey(), field.getValue()));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                leaves(into, pointer + "/" + i, value.get(i));
            }
        } else {
            into.addObject().put("field", pointer).put("value", value.asText());
        }
    }

    private Answer delivery(Request request) {
        String id = request.parameter("id");
        Namespaces scope = request.caller().namespaces();
        return ledger.read(tx -> {
            Told told = tx.deliveries()
                    .told(id, scope)
                    .orElseThrow(() -> new ProblemException(
                            delivery.absent(id, tx.now(), Problem.of(ApiCode.NO_SUCH_DELIVERY, "id", id))));
            return Answer.ok(OrderStory.delivery(told.row()).set("payload", Json.kept(told.payload())));
        });
    }
}
