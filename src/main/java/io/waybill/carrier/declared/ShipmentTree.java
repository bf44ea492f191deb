package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request's mapping reads: the shipment, measured in the carrier's units, and the words of the call. */
final class ShipmentTree {
    /** What stands below a word of a call, where that is a closed set. */
    static final Map<String, List<String>> BELOW = Map.of(
            "shipFrom", fields(Address.class),
            "shipTo", fields(Address.class),
            "parcels", List.of("number", "weight", "length", "width", "height", "reference", "packaging", "items"));

    /** What a request for a purchase or a price reads of the shipment. */
    static final List<String> WORDS = List.of(
            "orderId",
            "service",
            "channel",
            "shipFrom",
            "shipTo",
            "parcels",
            "weight",
            "items",
            "customs",
            "billing",
            "options",
            "metadata",
            "label");

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private ShipmentTree() {}

    /** Words only, for requests that are about no shipment's content. */
    static ObjectNode of(Map<String, String> words, Map<String, String> settings) {
        ObjectNode tree = NODES.objectNode();
        words.forEach(tree::put);
        ObjectNode account = tree.putObject("account");
        settings.forEach(account::put);
        return tree;
    }

    /** In the words and units of a description; the channel is empty where any service will do. */
    static ObjectNode of(
            Shipment shipment, Description description, Map<String, String> words, Map<String, String> settings) {
        String channel = description.tables().services().code(shipment.service());
        return of(shipment, channel, description.units(), words, settings);
    }

    /** @throws io.waybill.carrier.RefusedException when a parcel has no weight */
    static ObjectNode of(
            Shipment shipment, String channel, Units units, Map<String, String> words, Map<String, String> settings) {
        ObjectNode tree = of(words, settings);
        Order order = shipment.order();
        tree.put("orderId", order.orderId());
        tree.put("service", shipment.service());
        tree.put("channel", channel);
        tree.set("shipFrom", json(shipment.shipFrom()));
        tree.set("shipTo", json(order.shipTo()));
        ArrayNode parcels = tree.putArray("parcels");
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < shipment.parcels().size(); i++) {
            Weight weight = Refusals.needed(shipment.parcels().get(i).weight(), "/parcels/" + i + "/weight");
            total = total.add(units.of(weight));
            parcels.add(parcel(shipment.parcels().get(i), i + 1, units.of(weight), units));
        }
        tree.put("weight", total);
        tree.set("items", json(order.items()));
        set(tree, "customs", order.customs());
        set(tree, "billing", order.billing());
        set(tree, "options", order.options());
        set(tree, "metadata", order.metadata());
        set(tree, "label", shipment.label());
        return tree;
    }

    private static ObjectNode parcel(Order.Parcel parcel, int number, BigDecimal weight, Units units) {
        ObjectNode out = NODES.objectNode().put("number", number).put("weight", weight);
        set(out, "reference", parcel.reference());
        set(out, "packaging", parcel.packaging());
        set(out, "items", parcel.items());
        Dimensions box = parcel.dimensions();
        if (box != null) {
            out.put("length", units.of(box.length(), box.unit()))
                    .put("width", units.of(box.width(), box.unit()))
                    .put("height", units.of(box.height(), box.unit()));
        }
        return out;
    }

    private static void set(ObjectNode tree, String field, @Nullable Object value) {
        if (value != null) {
            tree.set(field, json(value));
        }
    }

    private static List<String> fields(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static JsonNode json(Object value) {
        return Json.mapper().valueToTree(value);
    }
}
