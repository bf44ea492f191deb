package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.MassUnit;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** {@code customsForm}: what is in a parcel, in US dollars and pounds. It is printed on the label. */
final class UspsCustoms {
    private static final int MOST_ITEMS = 30;

    /** Above it, goods of one tariff number need a filing of their own. */
    private static final BigDecimal UNFILED = new BigDecimal(2500);

    private static final String LOW_VALUE = "NO EEI 30.37(a)";
    private static final String TO_CANADA = "NO EEI 30.36";
    private static final Map<String, String> CONTENTS = Map.of(
            "merchandise", "MERCHANDISE",
            "gift", "GIFT",
            "sample", "COMMERCIAL_SAMPLE",
            "return", "RETURNED_GOODS",
            "documents", "DOCUMENT",
            "humanitarian", "HUMANITARIAN_DONATIONS",
            "other", "OTHER");

    private UspsCustoms() {}

    /** @throws io.waybill.carrier.RefusedException at the first field that is missing */
    static ObjectNode form(Shipment shipment, UspsLane lane) {
        Order order = shipment.order();
        Order.Customs customs = Refusals.needed(order.customs(), "/customs");
        ObjectNode out = RequestJson.object();
        String contents = Objects.requireNonNullElse(customs.contents(), "merchandise");
        out.put("customsContentType", CONTENTS.getOrDefault(contents, "OTHER"));
        if (contents.equals("other")) {
            RequestJson.put(out, "contentComments", Goods.description(order, 25), 25);
        }
        out.put("AESITN", exemption(order, lane));
        RequestJson.fit(out, "invoiceNumber", customs.invoiceNumber(), 15, "/customs/invoiceNumber");
        ArrayNode items = out.putArray("contents");
        if (order.items().isEmpty()) {
            throw Refusals.needs("/items");
        }
        Refusals.requireGoods(order, MOST_ITEMS);
        for (int i = 0; i < order.items().size(); i++) {
            items.add(item(shipment, i));
        }
        return out;
    }

    private static ObjectNode item(Shipment shipment, int line) {
        Order.Item item = shipment.order().items().get(line);
        String pointer = "/items/" + line;
        Latin.require(item.description(), pointer + "/description");
        ObjectNode out = RequestJson.object();
        out.put("itemDescription", RequestJson.cut(Refusals.needed(item.description(), pointer + "/description"), 30));
        out.put("itemQuantity", Refusals.needed(item.quantity(), pointer + "/quantity"));
        out.put("itemTotalValue", value(item, pointer));
        out.put("weightUOM", "lb");
        out.put("itemTotalWeight", UspsPackage.poundsAtMost(Goods.weight(shipment, line, MassUnit.LB)));
        Goods.hsCode(out, "HSTariffNumber", item, 6, 14, pointer);
        out.put("countryofOrigin", Refusals.needed(item.originCountry(), pointer + "/originCountry"));
        return out;
    }

    private static BigDecimal value(Order.Item item, String pointer) {
        return UspsExtras.dollars(Goods.worth(item, pointer), pointer + "/unitPrice");
    }

    /** Why no export filing is needed. To Canada none is; elsewhere none for little of each tariff number. */
    private static String exemption(Order order, UspsLane lane) {
        if (lane.lane().to().equals("CA")) {
            return TO_CANADA;
        }
        Map<String, BigDecimal> worth = new HashMap<>();
        for (int i = 0; i < order.items().size(); i++) {
            Order.Item item = order.items().get(i);
            String tariff = Objects.requireNonNullElse(Goods.hsCode(item), "");
            BigDecimal sum = worth.merge(tariff, value(item, "/items/" + i), BigDecimal::add);
            if (sum.compareTo(UNFILED) > 0) {
                throw Refusals.takesNot(
                        sum.toPlainString(), "/items/" + i + "/unitPrice", "up to 2500 USD of one tariff number");
            }
        }
        return LOW_VALUE;
    }
}
