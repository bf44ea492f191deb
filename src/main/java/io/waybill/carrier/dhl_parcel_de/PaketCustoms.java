package io.waybill.carrier.dhl_parcel_de;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CustomsNumbers;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code customs}: the declaration DHL prints (CN23) and sends ahead. Weight and worth of an item are those of one piece. */
final class PaketCustoms {
    private static final String OTHER = "OTHER";
    private static final int MOST_ITEMS = 99;
    private static final Map<String, String> TYPES = Map.of(
            "merchandise", "COMMERCIAL_GOODS",
            "gift", "PRESENT",
            "sample", "COMMERCIAL_SAMPLE",
            "return", "RETURN_OF_GOODS",
            "documents", "DOCUMENT",
            "humanitarian", OTHER,
            "other", OTHER);

    private PaketCustoms() {}

    static ObjectNode of(Shipment shipment, Ref ref, PaketProduct product, PaketSettings settings) {
        Order order = shipment.order();
        Order.Customs customs = Refusals.needed(order.customs(), "/customs");
        String type = TYPES.getOrDefault(Objects.requireNonNullElse(customs.contents(), "merchandise"), OTHER);
        ObjectNode out = RequestJson.object();
        Goods.invoiceNumber(out, "invoiceNo", customs, ref, 35);
        out.put("exportType", type);
        if (type.equals(OTHER)) {
            RequestJson.put(
                    out,
                    "exportDescription",
                    Refusals.needed(Goods.description(order, 80), "/items/0/description"),
                    80);
        }
        if (product.isEuropaket()) {
            Optional<String> payer = Payers.of(order, false).duties();
            out.put("shippingConditions", payer.map("sender"::equals).orElse(false) ? "DDP" : "DAP");
        }
        out.set(
                "postalCharges",
                PaketServices.money(
                        new Money(settings.postalCharges(), Goods.worth(order).currency())));
        String eori = CustomsNumbers.of(shipment).eori();
        RequestJson.fit(
                out,
                "shipperCustomsRef",
                eori.isEmpty() ? shipment.shipFrom().taxId() : eori,
                35,
                eori.isEmpty() ? "/shipFrom/taxId" : "/metadata/eori");
        RequestJson.fit(out, "consigneeCustomsRef", order.shipTo().taxId(), 35, "/shipTo/taxId");
        out.set("items", items(shipment));
        return out;
    }

    private static ArrayNode items(Shipment shipment) {
        List<Order.Item> items = shipment.order().items();
        if (items.isEmpty()) {
            throw Refusals.needs("/items");
        }
        Refusals.requireGoods(shipment.order(), MOST_ITEMS);
        ArrayNode out = RequestJson.object().arrayNode();
        for (int i = 0; i < items.size(); i++) {
            out.add(item(shipment, i));
        }
        return out;
    }

    private static ObjectNode item(Shipment shipment, int index) {
        Order.Item item = shipment.order().items().get(index);
        String pointer = "/items/" + index;
        Latin.require(item.description(), pointer + "/description");
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "itemDescription", Refusals.needed(item.description(), pointer + "/description"), 256);
        if (item.originCountry() != null) {
            out.put("countryOfOrigin", PaketParties.alpha3(item.originCountry(), pointer + "/originCountry"));
        }
        String code = Goods.hsCode(item);
        if (code != null) {
            if (code.length() < 6 || code.length() > 11) {
                throw Refusals.takesNot(code, pointer + "/hsCode", "6 to 11 digits");
            }
            out.put("hsCode", code);
        }
        int quantity = Refusals.needed(item.quantity(), pointer + "/quantity");
        out.put("packagedQuantity", quantity);
        out.set("itemValue", PaketServices.money(Refusals.needed(item.unitPrice(), pointer + "/unitPrice")));
        out.putObject("itemWeight").put("uom", "g").put("value", grams(shipment, index, quantity));
        return out;
    }

    /** Of one piece, rounded so that all of them weigh no more than they do: goods heavier than their parcel are refused. */
    private static int grams(Shipment shipment, int index, int quantity) {
        BigDecimal all = Goods.weight(shipment, index, MassUnit.G).value();
        return all.divide(BigDecimal.valueOf(quantity), 0, RoundingMode.DOWN)
                .max(BigDecimal.ONE)
                .intValueExact();
    }
}
