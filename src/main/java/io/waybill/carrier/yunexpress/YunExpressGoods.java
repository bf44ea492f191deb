package io.waybill.carrier.yunexpress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CustomsNumbers;
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

    /** The sender's for the customs; the recipient's tax id is its tax number. */
    static ObjectNode numbers(Shipment shipment) {
        CustomsNumbers sender = CustomsNumbers.of(shipment);
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "tax_number", taxId(shipment.order().shipTo()));
        RequestJson.put(out, "ioss_code", sender.ioss());
        RequestJson.put(out, "vat_code", sender.vat());
        RequestJson.put(out, "eori_number", sender.eori());
        return out;
    }

    private static String taxId(Address address) {
        return address.taxId() == null ? "" : address.taxId().strip();
    }
}
