package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every event says of its order and its shipment: their names, where they stand, their numbers and their money. */
final class EventFacts {
    private static final String CANCELLED = ShipmentState.CANCELLED.word();

    private final Related related;

    /** @param related what belongs to the orders they are about */
    EventFacts(Related related) {
        this.related = related;
    }

    ObjectNode about(OrderRow order, @Nullable String shipment) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        JsonNode content = related.effective(order);
        data.put("hubId", order.id())
                .put("orderId", order.orderId())
                .put("namespace", order.namespace())
                .put("revision", order.revision());
        for (String field : List.of("reference", "identifiers", "metadata")) {
            if (content.has(field)) {
                data.set(field, content.get(field));
            }
        }
        List<ShipmentRow> all = related.shipments(order);
        data.put("status", order.cancelledAt() != null ? CANCELLED : ShipmentState.wordOf(all));
        all.stream().filter(row -> row.id().equals(shipment)).forEach(row -> shipmentFacts(data, row, content, all));
        return data;
    }

    private void shipmentFacts(ObjectNode data, ShipmentRow row, JsonNode content, List<ShipmentRow> all) {
        data.put("shipmentId", row.id()).put("seq", row.seq()).put("status", row.word());
        data.put("carrier", row.carrier()).put("account", row.account()).put("service", row.service());
        List<String> numbers = related.numbers(row);
        ArrayNode list = data.putArray("trackingNumbers");
        numbers.forEach(list::add);
        if (!numbers.isEmpty()) {
            data.put("trackingNumber", numbers.get(0));
        }
        if (row.state() == ShipmentState.LABELLED) {
            if (!row.imported()) {
                data.putObject("label")
                        .put("format", row.labelFormat())
                        .put("size", row.labelSize())
                        .put("href", "/v1/shipments/" + row.id() + "/label");
            }
            ordered(data, row.content(content).path("items"));
        }
        JsonNode costCenter = content.path("billing").path("costCenter");
        if (!costCenter.isMissingNode()) {
            data.set("costCenter", costCenter);
        }
        money(data, related.charges(row));
        if (row.splitFrom() != null) {
            pieces(data.putObject("pieces"), row, all);
        }
    }

    /** Of parcels that were bought one by one: how many they are, and the numbers and the cost of all that have a label by now. */
    private void pieces(ObjectNode pieces, ShipmentRow one, List<ShipmentRow> all) {
        List<ShipmentRow> live = all.stream()
                .filter(row -> row.isPieceBeside(one) && !row.state().isOver())
                .toList();
        pieces.put("of", live.size());
        ArrayNode numbers = pieces.putArray("trackingNumbers");
        live.forEach(row -> related.numbers(row).forEach(numbers::add));
        total(
                pieces,
                expected(live.stream()
                        .flatMap(row -> related.charges(row).stream())
                        .toList()));
    }

    /** What was ordered, as a warehouse and a customer count it. */
    private static void ordered(ObjectNode data, JsonNode items) {
        ArrayNode list = data.putArray("items");
        for (JsonNode item : items) {
            ObjectNode line = list.addObject();
            for (String field : List.of("sku", "externalId", "quantity")) {
                if (item.has(field)) {
                    line.set(field, item.get(field));
                }
            }
        }
    }

    private static void money(ObjectNode data, List<ChargeBook.Row> charges) {
        List<ChargeBook.Row> expected = expected(charges);
        ArrayNode lines = data.putArray("charges");
        for (ChargeBook.Row row : expected) {
            ObjectNode line = lines.addObject();
            if (row.reason() != null) {
                line.put("reason", row.reason());
            }
            line.put("id", row.id())
                    .put("side", row.side())
                    .put("kind", row.kind())
                    .put("type", row.type())
                    .put("amount", Amounts.plain(row.amount()))
                    .put("currency", row.currency())
                    .put("code", row.carrierCode());
        }
        total(data, expected);
    }

    private static List<ChargeBook.Row> expected(List<ChargeBook.Row> charges) {
        return charges.stream().filter(row -> row.side().equals("expected")).toList();
    }

    /** None where there are several currencies. */
    private static void total(ObjectNode data, List<ChargeBook.Row> expected) {
        if (expected.stream().map(ChargeBook.Row::currency).distinct().count() == 1) {
            BigDecimal total = expected.stream().map(ChargeBook.Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            data.putObject("total")
                    .put("amount", Amounts.plain(total))
                    .put("currency", expected.get(0).currency());
        }
    }
}
