package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** A sold shipment as the sandbox's API tells it. */
final class ShipmentJson {
    private ShipmentJson() {}

    /** All but the label. */
    static ObjectNode of(Sale sale) {
        ObjectNode out = Json.object()
                .put("id", sale.id())
                .put("reference", sale.reference())
                .put("orderNumber", sale.orderNumber())
                .put("service", sale.service());
        ArrayNode parcels = out.putArray("parcels");
        for (int i = 0; i < sale.numbers().size(); i++) {
            parcels.addObject()
                    .put("parcel", i + 1)
                    .put("trackingNumber", sale.numbers().get(i));
        }
        out.set("price", price(sale.price()));
        return out;
    }

    static ObjectNode price(List<Sale.Part> parts) {
        ObjectNode out = Json.object().put("currency", "USD");
        ArrayNode list = out.putArray("parts");
        parts.forEach(part -> list.addObject()
                .put("code", part.code())
                .put("text", part.text())
                .put("amount", part.amount().toPlainString()));
        BigDecimal total = parts.stream().map(Sale.Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return out.put("total", total.toPlainString());
    }

    /** One document a parcel, its bytes in base64. */
    static ObjectNode label(Sale sale, Tariff.Service service, LabelAsked asked) {
        ObjectNode out = Json.object().put("status", "ready");
        ArrayNode documents = out.putArray("documents");
        for (int i = 0; i < sale.numbers().size(); i++) {
            documents
                    .addObject()
                    .put("parcel", i + 1)
                    .put("format", asked.format())
                    .put("size", asked.size())
                    .put("content", asked.print(LabelLayout.of(sale, service, i)));
        }
        return out;
    }
}
