package io.waybill.carrier.easypost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CustomsNumbers;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code customs_info}: values and weights of an item are those of all its pieces. */
final class EasyPostCustoms {
    private static final BigDecimal MOST_UNFILED = new BigDecimal("2500");
    private static final Map<String, String> CONTENTS = Map.of(
            "merchandise", "merchandise",
            "gift", "gift",
            "documents", "documents",
            "sample", "sample",
            "return", "returned_goods",
            "humanitarian", "humanitarian_donation",
            "other", "other");

    private EasyPostCustoms() {}

    static ObjectNode info(Shipment shipment, Lane lane) {
        Order order = shipment.order();
        Order.Customs customs = Refusals.needed(order.customs(), "/customs");
        String contents =
                CONTENTS.getOrDefault(Objects.requireNonNullElse(customs.contents(), "merchandise"), "merchandise");
        ObjectNode out = RequestJson.object();
        out.put("contents_type", lane.isReturn() ? "returned_goods" : contents);
        if (contents.equals("other")) {
            out.put("contents_explanation", Refusals.needed(Goods.description(order, 255), "/items/0/description"));
        }
        out.put("restriction_type", "none");
        out.put("non_delivery_option", "return");
        out.put("customs_certify", true);
        out.put("customs_signer", signer(shipment.shipFrom(), customs));
        if (lane.isImperial()) {
            out.put("eel_pfc", exemption(order, lane));
        }
        out.set("customs_items", items(shipment));
        return out;
    }

    /** {@code tax_identifiers} of the sender: into the EU the number of its One-Stop Shop, anywhere the EORI number. */
    static void identify(ObjectNode out, Shipment shipment, Lane lane) {
        CustomsNumbers numbers = CustomsNumbers.of(shipment);
        if (lane.isReturn()) {
            return;
        }
        if (lane.isIntoEu()) {
            identify(out, "IOSS", numbers.ioss(), lane.from());
        }
        identify(out, "EORI", numbers.eori(), lane.from());
    }

    private static void identify(ObjectNode out, String type, String number, String country) {
        if (!number.isEmpty()) {
            out.withArray("/tax_identifiers")
                    .addObject()
                    .put("entity", "SENDER")
                    .put("tax_id", number)
                    .put("tax_id_type", type)
                    .put("issuing_country", CustomsNumbers.issuer(number, country));
        }
    }

    private static String signer(Address sender, Order.Customs customs) {
        String signer = customs.signer() == null || customs.signer().isBlank() ? sender.name() : customs.signer();
        return Refusals.needed(signer, "/customs/signer");
    }

    /** From the US: to Canada nothing is filed, elsewhere nothing up to 2,500 dollars. */
    private static String exemption(Order order, Lane lane) {
        if (lane.to().equals("CA")) {
            return "NOEEI 30.36";
        }
        Money worth = Goods.worth(order);
        if (worth.currency().getCurrencyCode().equals("USD") && worth.amount().compareTo(MOST_UNFILED) > 0) {
            throw Refusals.takesNot(worth.toString(), "/customs/declaredValue", "<= 2500 USD");
        }
        return "NOEEI 30.37(a)";
    }

    private static ArrayNode items(Shipment shipment) {
        List<Order.Item> items = shipment.order().items();
        if (items.isEmpty()) {
            throw Refusals.needs("/items");
        }
        ArrayNode out = RequestJson.object().arrayNode();
        for (int i = 0; i < items.size(); i++) {
            Order.Item item = items.get(i);
            String pointer = "/items/" + i;
            Latin.require(item.description(), pointer + "/description");
            Money worth = Goods.worth(item, pointer);
            ObjectNode one = out.addObject();
            one.put("description", Refusals.needed(item.description(), pointer + "/description"));
            one.put("quantity", Objects.requireNonNullElse(item.quantity(), 1));
            one.put("value", worth.amount().setScale(2, RoundingMode.HALF_UP));
            one.put("currency", worth.currency().getCurrencyCode());
            one.put(
                    "weight",
                    EasyPostShipment.tenthsAtMost(
                            Goods.weight(shipment, i, MassUnit.OZ).value()));
            one.put("origin_country", Refusals.needed(item.originCountry(), pointer + "/originCountry"));
            RequestJson.fit(one, "hs_tariff_number", Goods.hsCode(item), 14, pointer + "/hsCode");
            RequestJson.optional(one, "code", item.sku(), 50);
        }
        return out;
    }
}
