package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code customsClearanceDetail}: what an order says about its goods, and who pays the duties. */
final class FedexCustoms {
    private static final Map<String, String> PURPOSES = Map.of(
            "merchandise", "SOLD",
            "gift", "GIFT",
            "sample", "SAMPLE",
            "return", "REPAIR_AND_RETURN",
            "documents", "NOT_SOLD",
            "humanitarian", "NOT_SOLD",
            "other", "NOT_SOLD");

    private FedexCustoms() {}

    static ObjectNode detail(Shipment shipment, Ref ref, FedexLane lane, String number) {
        Order order = shipment.order();
        Order.Customs customs = Refusals.needed(order.customs(), "/customs");
        ObjectNode out = RequestJson.object();
        out.set("dutiesPayment", FedexBilling.duties(order, number));
        out.put("isDocumentOnly", "documents".equals(customs.contents()));
        out.set("totalCustomsValue", FedexJson.money(total(order)));
        out.set("commercialInvoice", invoice(order, customs, ref, lane));
        out.set("commodities", commodities(shipment, lane));
        return out;
    }

    /** For a quote, which asks for less. */
    static ObjectNode toRate(Shipment shipment, FedexLane lane) {
        ObjectNode out = RequestJson.object();
        out.set("commodities", commodities(shipment, lane));
        return out;
    }

    private static ObjectNode invoice(Order order, Order.Customs customs, Ref ref, FedexLane lane) {
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "originatorName", customs.signer(), 70);
        RequestJson.put(out, "termsOfSale", customs.incoterm(), 3);
        String contents = Objects.requireNonNullElse(customs.contents(), "merchandise");
        out.put("shipmentPurpose", lane.isReturn() ? "REPAIR_AND_RETURN" : PURPOSES.getOrDefault(contents, "SOLD"));
        String invoice = customs.invoiceNumber();
        RequestJson.put(
                out.putArray("customerReferences").addObject().put("customerReferenceType", "INVOICE_NUMBER"),
                "value",
                invoice == null || invoice.isBlank() ? ref.orderNumber() : invoice,
                30);
        return out;
    }

    /** What the goods are worth: as declared, else by their prices. */
    private static Money total(Order order) {
        if (order.customs() != null && order.customs().declaredValue() != null) {
            return order.customs().declaredValue();
        }
        Money sum = null;
        for (int i = 0; i < order.items().size(); i++) {
            Money line = worth(order.items().get(i), "/items/" + i);
            if (sum != null && !sum.currency().equals(line.currency())) {
                throw Refusals.takesNot(
                        line.currency().getCurrencyCode(),
                        "/items/" + i + "/unitPrice/currency",
                        sum.currency().getCurrencyCode());
            }
            sum = sum == null ? line : sum.plus(line);
        }
        return Refusals.needed(sum, "/items");
    }

    private static ArrayNode commodities(Shipment shipment, FedexLane lane) {
        List<Order.Item> items = shipment.order().items();
        if (items.isEmpty()) {
            throw Refusals.needs("/items");
        }
        ArrayNode out = RequestJson.object().arrayNode();
        for (int i = 0; i < items.size(); i++) {
            Weight whole = items.size() == 1 ? FedexPackages.total(shipment, lane) : null;
            out.add(commodity(items.get(i), "/items/" + i, lane, whole));
        }
        return out;
    }

    /** @param whole what all parcels weigh, where there is but one kind of goods in them */
    private static ObjectNode commodity(Order.Item item, String pointer, FedexLane lane, @Nullable Weight whole) {
        Latin.require(item.description(), pointer + "/description");
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "description", Refusals.needed(item.description(), pointer + "/description"), 450);
        int quantity = Refusals.needed(item.quantity(), pointer + "/quantity");
        out.put("numberOfPieces", quantity).put("quantity", quantity).put("quantityUnits", "PCS");
        out.set("unitPrice", FedexJson.money(Refusals.needed(item.unitPrice(), pointer + "/unitPrice")));
        out.set("customsValue", FedexJson.money(worth(item, pointer)));
        out.put("countryOfManufacture", Refusals.needed(item.originCountry(), pointer + "/originCountry"));
        RequestJson.put(
                out,
                "harmonizedCode",
                item.hsCode() == null ? null : item.hsCode().replace(".", ""),
                14);
        RequestJson.put(out, "partNumber", item.sku(), 20);
        out.set("weight", FedexPackages.weight(weight(item, pointer, quantity, lane, whole), lane));
        return out;
    }

    private static Weight weight(
            Order.Item item, String pointer, int quantity, FedexLane lane, @Nullable Weight whole) {
        if (item.weight() == null) {
            return Refusals.needed(whole, pointer + "/weight");
        }
        Weight one = item.weight().in(lane.massUnit());
        return new Weight(one.value().multiply(BigDecimal.valueOf(quantity)), one.unit());
    }

    private static Money worth(Order.Item item, String pointer) {
        Money price = Refusals.needed(item.unitPrice(), pointer + "/unitPrice");
        int pieces = Refusals.needed(item.quantity(), pointer + "/quantity");
        return new Money(price.amount().multiply(BigDecimal.valueOf(pieces)), price.currency());
    }
}
