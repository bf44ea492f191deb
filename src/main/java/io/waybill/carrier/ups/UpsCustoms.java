package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commercial invoice UPS makes of what an order says about its goods. */
final class UpsCustoms {
    private static final String INVOICE = "01";
    private static final String PARTIAL_INVOICE = "05";
    private static final int MOST_ITEMS = 50;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final Map<String, String> REASONS = Map.of(
            "merchandise", "SALE",
            "gift", "GIFT",
            "sample", "SAMPLE",
            "return", "RETURN",
            "documents", "DOCUMENTS",
            "humanitarian", "HUMANITARIAN AID",
            "other", "OTHER");

    /** Of those an order may name; UPS has none of a place where the goods are unloaded (DPU, and DAT before 2020). */
    private static final Set<String> TERMS =
            Set.of("CFR", "CIF", "CIP", "CPT", "DAP", "DDP", "EXW", "FAS", "FCA", "FOB");

    /** UPS knows it by the name it has since 2010 only. */
    private static final String DDU = "DDU";

    private static final String DAP = "DAP";

    private UpsCustoms() {}

    static ObjectNode forms(Shipment shipment, Ref ref, UpsLane lane) {
        Order order = shipment.order();
        Order.Customs customs = Refusals.needed(order.customs(), "/customs");
        ObjectNode forms = RequestJson.object();
        forms.putArray("FormType").add(lane.isReturn() ? PARTIAL_INVOICE : INVOICE);
        Goods.invoiceNumber(forms, "InvoiceNumber", customs, ref, 35);
        forms.put("InvoiceDate", DAY.format(date(order)));
        RequestJson.put(forms, "PurchaseOrderNumber", order.reference(), 35);
        RequestJson.put(forms, "TermsOfShipment", terms(customs.incoterm()));
        forms.put("ReasonForExport", lane.isReturn() ? "RETURN" : reason(customs));
        forms.put("CurrencyCode", Goods.worthInOneCurrency(order).currency().getCurrencyCode());
        requireFits(order);
        if (order.items().isEmpty()) {
            throw Refusals.needs("/items");
        }
        ArrayNode products = forms.putArray("Product");
        for (int i = 0; i < order.items().size(); i++) {
            products.add(product(order.items().get(i), "/items/" + i));
        }
        forms.putObject("Contacts").set("SoldTo", UpsParties.party(order.shipTo(), "/shipTo", true));
        return forms;
    }

    private static @Nullable String terms(@Nullable String incoterm) {
        String terms = DDU.equals(incoterm) ? DAP : incoterm;
        if (terms != null && !TERMS.contains(terms)) {
            throw Refusals.takesNot(terms, "/customs/incoterm", TERMS);
        }
        return terms;
    }

    /** @throws io.waybill.carrier.RefusedException when there are more kinds of goods than an invoice has room for */
    static void requireFits(Order order) {
        Refusals.requireGoods(order, MOST_ITEMS);
    }

    private static ObjectNode product(Order.Item item, String pointer) {
        Latin.require(item.description(), pointer + "/description");
        ObjectNode product = RequestJson.object();
        product.putArray("Description")
                .add(RequestJson.cut(Refusals.needed(item.description(), pointer + "/description"), 35));
        ObjectNode unit = product.putObject("Unit");
        unit.put("Number", String.valueOf(Refusals.needed(item.quantity(), pointer + "/quantity")));
        unit.set("UnitOfMeasurement", UpsJson.code("PCS"));
        Money price = Refusals.needed(item.unitPrice(), pointer + "/unitPrice");
        unit.put("Value", price.amount().stripTrailingZeros().toPlainString());
        Goods.hsCode(product, "CommodityCode", item, 6, 15, pointer);
        RequestJson.optional(product, "PartNumber", item.sku(), 35);
        product.put("OriginCountryCode", Refusals.needed(item.originCountry(), pointer + "/originCountry"));
        return product;
    }

    private static String reason(Order.Customs customs) {
        return REASONS.getOrDefault(Objects.requireNonNullElse(customs.contents(), "merchandise"), "SALE");
    }

    /** The day it ships, else the day it was ordered, else today. */
    private static LocalDate date(Order order) {
        if (order.options() != null && order.options().shipDate() != null) {
            return order.options().shipDate();
        }
        return order.placedAt() != null ? order.placedAt().toLocalDate() : LocalDate.now(ZoneOffset.UTC);
    }
}
