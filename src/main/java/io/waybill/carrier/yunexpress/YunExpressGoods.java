package io.waybill.carrier.yunexpress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an order says about its goods, which YunExpress asks for wherever they go: a name in English and one in Chinese, a
 * quantity, a price and a weight; and the numbers of sender and recipient for the customs.
 */
final class YunExpressGoods {
    private YunExpressGoods() {}

    static ArrayNode declaration(Shipment shipment) {
        List<Order.Item> items = shipment.order().items();
        if (items.isEmpty()) {
            throw Refusals.needs("/items");
        }
        ArrayNode out = RequestJson.object().arrayNode();
        for (int i = 0; i < items.size(); i++) {
            out.add(item(shipment, i));
        }
        return out;
    }

    private static ObjectNode item(Shipment shipment, int line) {
        Order.Item item = shipment.order().items().get(line);
        String pointer = "/items/" + line;
        Latin.require(item.description(), pointer + "/description");
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "sku_code", item.sku());
        out.put("name_en", Refusals.needed(item.description(), pointer + "/description"));
        out.put("name_local", chinese(item.descriptionLocal(), pointer + "/descriptionLocal"));
        int quantity = Refusals.needed(item.quantity(), pointer + "/quantity");
        Money price = Refusals.needed(item.unitPrice(), pointer + "/unitPrice");
        out.put("quantity", quantity);
        out.put("unit_price", price.amount());
        out.put("currency", price.currency().getCurrencyCode());
        out.put("unit_weight", weight(shipment, line, quantity));
        RequestJson.put(out, "hs_code", Goods.hsCode(item));
        return out;
    }

    /** YunExpress takes no local name without a Chinese letter in it. */
    private static String chinese(@Nullable String name, String pointer) {
        String text = Refusals.needed(name, pointer);
        boolean isChinese =
                text.codePoints().anyMatch(one -> Character.UnicodeScript.of(one) == Character.UnicodeScript.HAN);
        if (!isChinese) {
            throw Refusals.takesNot(text, pointer, "中文");
        }
        return text;
    }

    /** Of one piece, rounded so that all of them weigh no more than they do. */
    private static BigDecimal weight(Shipment shipment, int line, int quantity) {
        BigDecimal all = Goods.weight(shipment, line, MassUnit.KG).value();
        return all.divide(BigDecimal.valueOf(Math.max(quantity, 1)), 3, RoundingMode.DOWN)
                .max(YunExpressOrder.LEAST_WEIGHT);
    }

    /**
     * IOSS, VAT and EORI numbers by the order's metadata ({@code ioss}, {@code vat}, {@code eori}, also ending in {@code Number}),
     * else by the sender's tax id; the recipient's is its tax number.
     */
    static ObjectNode numbers(Shipment shipment) {
        Map<String, JsonNode> metadata = shipment.order().metadata();
        String sender = taxId(shipment.shipFrom());
        boolean isIoss = sender.matches("(?i)IM\\d{10}");
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "tax_number", taxId(shipment.order().shipTo()));
        RequestJson.put(out, "ioss_code", said(metadata, "ioss").orElse(isIoss ? sender : ""));
        RequestJson.put(out, "vat_code", said(metadata, "vat").orElse(isIoss ? "" : sender));
        RequestJson.put(out, "eori_number", said(metadata, "eori").orElse(""));
        return out;
    }

    private static Optional<String> said(Map<String, JsonNode> metadata, String name) {
        return metadata.entrySet().stream()
                .filter(one -> Stream.of(name, name + "number", name + "code")
                        .anyMatch(one.getKey().toLowerCase(Locale.ROOT).replaceAll("[_ -]", "")::equals))
                .map(one -> one.getValue().asText("").strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String taxId(Address address) {
        return address.taxId() == null ? "" : address.taxId().strip();
    }
}
