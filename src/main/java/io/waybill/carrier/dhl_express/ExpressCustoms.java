package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code exportDeclaration}: what an order says about its goods, of which DHL makes the invoice. */
final class ExpressCustoms {
    private static final int MOST_ITEMS = 999;
    private static final Map<String, String> REASONS = Map.of(
            "merchandise", "commercial_purpose_or_sale",
            "gift", "gift",
            "sample", "sample",
            "return", "return",
            "documents", "permanent",
            "humanitarian", "permanent",
            "other", "permanent");

    private ExpressCustoms() {}

    static ObjectNode declaration(Shipment shipment, Ref ref, Lane lane, LocalDate day) {
        Order order = shipment.order();
        Order.Customs customs = Refusals.needed(order.customs(), "/customs");
        String contents = Objects.requireNonNullElse(customs.contents(), "merchandise");
        String reason = lane.isReturn() ? "return" : REASONS.getOrDefault(contents, "permanent");
        ObjectNode out = RequestJson.object();
        out.set("lineItems", lines(shipment, lane, reason));
        out.set("invoice", invoice(order, customs, ref, day));
        out.put("exportReason", reason.replace('_', ' '));
        out.put("exportReasonType", reason);
        out.put("shipmentType", contents.equals("gift") ? "personal" : "commercial");
        return out;
    }

    private static ObjectNode invoice(Order order, Order.Customs customs, Ref ref, LocalDate day) {
        ObjectNode out = RequestJson.object();
        Goods.invoiceNumber(out, "number", customs, ref, 35);
        out.put("date", (order.placedAt() == null ? day : order.placedAt().toLocalDate()).toString());
        RequestJson.fit(out, "signatureName", customs.signer(), 35, "/customs/signer");
        return out;
    }

    /** @throws io.waybill.carrier.RefusedException when there are more kinds of goods than a declaration has room for */
    static void requireFits(Order order) {
        Refusals.requireGoods(order, MOST_ITEMS);
    }

    private static ArrayNode lines(Shipment shipment, Lane lane, String reason) {
        List<Order.Item> items = shipment.order().items();
        if (items.isEmpty()) {
            throw Refusals.needs("/items");
        }
        requireFits(shipment.order());
        ArrayNode out = RequestJson.object().arrayNode();
        for (int i = 0; i < items.size(); i++) {
            out.add(line(shipment, i, lane, reason));
        }
        return out;
    }

    private static ObjectNode line(Shipment shipment, int index, Lane lane, String reason) {
        Order.Item item = shipment.order().items().get(index);
        String pointer = "/items/" + index;
        Latin.require(item.description(), pointer + "/description");
        ObjectNode out = RequestJson.object().put("number", index + 1);
        RequestJson.put(out, "description", Refusals.needed(item.description(), pointer + "/description"), 512);
        out.put("price", ExpressPackages.amount(Refusals.needed(item.unitPrice(), pointer + "/unitPrice")));
        out.putObject("quantity")
                .put("value", Refusals.needed(item.quantity(), pointer + "/quantity"))
                .put("unitOfMeasurement", "PCS");
        String code = Goods.hsCode(item);
        if (code != null) {
            ObjectNode tariff = out.putArray("commodityCodes").addObject().put("typeCode", "outbound");
            RequestJson.fit(tariff, "value", code, 18, pointer + "/hsCode");
        }
        out.put("exportReasonType", reason);
        out.put("manufacturerCountry", Refusals.needed(item.originCountry(), pointer + "/originCountry"));
        Weight weight = Goods.weight(shipment, index, ExpressPackages.mass(lane));
        out.putObject("weight")
                .put("netValue", ExpressPackages.places(weight.value()))
                .put("grossValue", ExpressPackages.places(weight.value()));
        return out;
    }
}
