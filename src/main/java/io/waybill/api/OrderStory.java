package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.ManifestBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.TrackingBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import java.util.Locale;

/** An order with its whole story: received, revised, bought, labelled, tracked, charged, delivered. */
final class OrderStory {
    private final Tx tx;
    private final Request request;

    OrderStory(Tx tx, Request request) {
        this.tx = tx;
        this.request = request;
    }

    /** Everything that is known of an order, oldest first. */
    ObjectNode of(OrderRow order) {
        ObjectNode view = new OrderView(tx, request).brief(order);
        view.set("order", Json.kept(order.effective()));
        ArrayNode story = view.putArray("story");
        tx.story().of(order.id()).forEach(entry -> story.add(entry(entry)));
        ArrayNode attempts = view.putArray("attempts");
        ArrayNode tracking = view.putArray("tracking");
        for (ShipmentRow row : tx.shipments().of(order.id())) {
            tx.manifests().ofShipment(row.id()).ifPresent(manifest -> handedOver(view, row.id(), manifest));
            tx.attempts().of(row.id()).forEach(attempt -> attempts.add(attempt(attempt)));
            tx.tracking().shown(row.id()).forEach(event -> tracking.add(event(row.id(), event)));
        }
        ArrayNode charges = view.putArray("charges");
        Charges.shown(tx.charges().ofOrder(order.id()), request.caller())
                .forEach(charge -> charges.add(Charges.view(charge)));
        ArrayNode deliveries = view.putArray("deliveries");
        tx.deliveries().of(order.id()).forEach(row -> deliveries.add(delivery(row)));
        return view;
    }

    /** Beside the shipment it holds. */
    private static void handedOver(ObjectNode view, String shipment, ManifestBook.Row manifest) {
        for (JsonNode each : view.path("shipments")) {
            if (each.path("id").asText().equals(shipment)) {
                ((ObjectNode) each)
                        .putObject("manifest")
                        .put("id", manifest.id())
                        .put("state", manifest.state().name().toLowerCase(Locale.ROOT))
                        .put("number", manifest.numberValue())
                        .put("day", manifest.shipDay().toString());
            }
        }
    }

    private static ObjectNode entry(StoryBook.Entry entry) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("at", entry.happenedAt().toString())
                .put("what", entry.what());
        if (entry.shipmentUid() != null) {
            view.put("shipment", entry.shipmentUid());
        }
        if (entry.actor() != null) {
            view.put("by", entry.actor());
        }
        if (entry.detail() != null) {
            view.set("detail", Json.kept(entry.detail()));
        }
        return view;
    }

    private static ObjectNode attempt(AttemptRow attempt) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ref", attempt.ref())
                .put("shipment", attempt.shipmentUid())
                .put("account", attempt.account())
                .put("state", attempt.state().toLowerCase(Locale.ROOT))
                .put("words", attempt.words())
                .put("at", attempt.createdAt().toString());
    }

    static ObjectNode event(String shipment, TrackingBook.Event event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("shipment", shipment)
                .put("trackingNumber", event.trackingNumber())
                .put("status", event.status())
                .put("code", event.code())
                .put("text", event.text())
                .put("place", event.place())
                .put("at", event.happenedAt().toString());
    }

    static ObjectNode delivery(DeliveryBook.Row row) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("id", row.id())
                .put("sink", row.sink())
                .put("type", row.type())
                .put("state", row.state().toLowerCase(Locale.ROOT))
                .put("attempts", row.attempts());
        if (row.sentAt() != null) {
            view.put("sentAt", row.sentAt().toString());
        }
        if (row.lastError() != null) {
            view.put("lastError", row.lastError());
        }
        if (row.state().equals("PENDING") && row.attempts() > 0) {
            view.put("nextAttemptAt", row.due().toString());
        }
        return view;
    }
}
