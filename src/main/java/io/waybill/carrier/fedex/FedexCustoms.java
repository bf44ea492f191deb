package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code customsClearanceDetail}: what an order says about its goods, and who pays the duties. */
final class FedexCustoms {
    private static final int MOST_ITEMS = 999;
    private static final Map<String, String> PURPOSES = Map.of(
            "merchandise", "SOLD",
            "gift", "GIFT",
            "sample", "SAMPLE",
            "return", "REPAIR_AND_RETURN",
            "documents", "NOT_SOLD",
            "humanitarian", "NOT_SOLD",
            "other", "NOT_SOLD");

    private FedexCustoms() {}

    /**
     * Where it crosses a border, and where the order has customs beside: FedEx wants to know the goods within countries of
     * its intra-country services too. Where nobody levies duties, what the order leaves out is not missed.
     */
    static Optional<ObjectNode> where(Shipment shipment, FedexLane lane, Supplier<ObjectNode> detail) {
        if (lane.hasNoCustoms() || (lane.mayLackCustoms() && shipment.order().customs() == null)) {
            return Optional.empty();
        }
        try {
            return Optional.of(detail.get());
        } catch (RefusedException incomplete) {
            if (lane.isFreeOfCustoms()) {
                return Optional.empty();
            }
            throw incomplete;
        }
    }

    static ObjectNode detail(Shipment shipment, Ref ref, FedexLane lane, String number) {
        Order order = shipment.order();
        Order.Customs customs = Refusals.needed(order.customs(), "/customs");
        ObjectNode out = RequestJson.object();
        out.set("dutiesPayment", FedexBilling.duties(order, number));
        out.put("isDocumentOnly", "documents".equals(customs.contents()));
        out.set("totalCustomsValue", FedexJson.money(Goods.worth(order)));
        out.set("commercialInvoice", invoice(customs, ref, lane));
        out.set("commodities", commodities(shipment, lane));
        return out;
    }

    /** For a quote, which asks for less. */
    static ObjectNode toRate(Shipment shipment, FedexLane lane) {
        ObjectNode out = RequestJson.object();
        out.set("commodities", commodities(shipment, lane));
        return out;
    }

    private static ObjectNode invoice(Order.Customs customs, Ref ref, FedexLane lane) {
        ObjectNode out = RequestJson.object();
        RequestJson.fit(out, "originatorName", customs.signer(), 70, "/customs/signer");
        RequestJson.put(out, "termsOfSale", customs.incoterm());
        String contents = Objects.requireNonNullElse(customs.contents(), "merchandise");
        out.put("shipmentPurpose", lane.isReturn() ? "REPAIR_AND_RETURN" : PURPOSES.getOrDefault(contents, "SOLD"));
        ObjectNode reference =
                out.putArray("customerReferences").addObject().put("customerReferenceType", "INVOICE_NUMBER");
        Goods.invoiceNumber(reference, "value", customs, ref, 30);
        return out;
    }

    private static ArrayNode commodities(Shipment shipment, FedexLane lane) {
        List<Order.Item> items = shipment.order().items();
        if (items.isEmpty()) {
            throw Refusals.needs("/items");
        }
        Refusals.requireGoods(shipment.order(), MOST_ITEMS);
        ArrayNode out = RequestJson.object().arrayNode();
        for (int i = 0; i < items.size(); i++) {
            out.add(commodity(shipment, i, lane));
        }
        return out;
    }

    private static ObjectNode commodity(Shipment shipment, int index, FedexLane lane) {
        Order.Item item = shipment.order().items().get(index);
        String pointer = "/items/" + index;
        Latin.require(item.description(), pointer + "/description");
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "description", Refusals.needed(item.description(), pointer + "/description"), 450);
        int quantity = Refusals.needed(item.quantity(), pointer + "/quantity");
        out.put("numberOfPieces", quantity).put("quantity", quantity).put("quantityUnits", "PCS");
        out.set("unitPrice", FedexJson.price(Refusals.needed(item.unitPrice(), pointer + "/unitPrice")));
        out.set("customsValue", FedexJson.money(Goods.worth(item, pointer)));
        out.put("countryOfManufacture", Refusals.needed(item.originCountry(), pointer + "/originCountry"));
        RequestJson.fit(out, "harmonizedCode", Goods.hsCode(item), 14, pointer + "/hsCode");
        RequestJson.optional(out, "partNumber", item.sku(), 20);
        out.putObject("weight")
                .put("units", lane.massUnit().name())
                .put(
                        "value",
                        FedexJson.tenthsAtMost(
                                Goods.weight(shipment, index, lane.massUnit()).value()));
        return out;
    }
}
