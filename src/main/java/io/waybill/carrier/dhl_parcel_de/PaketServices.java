package io.waybill.carrier.dhl_parcel_de;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.util.Objects;

/** {@code services} of one parcel. On Saturdays DHL delivers in Germany without being asked. */
final class PaketServices {
    private PaketServices() {}

    static ObjectNode of(Shipment shipment, int index, Lane lane, PaketProduct product, PaketSettings settings) {
        ObjectNode out = RequestJson.object();
        Order order = shipment.order();
        if (order.options() != null) {
            signature(out, Objects.requireNonNullElse(order.options().signature(), "none"));
            Money insured = Goods.insured(order.options());
            if (insured != null) {
                Money share = Goods.share(insured, index, shipment.parcels().size());
                out.set("additionalInsurance", money(share));
            }
            if (Boolean.TRUE.equals(order.options().saturday()) && !product.isDomestic()) {
                throw Refusals.takesNot("true", "/options/saturday", "false");
            }
        }
        switch (product.delivery()) {
            case "premium" -> out.put("premium", true);
            case "closest" -> closest(out, order);
            default -> {}
        }
        boolean paid = Payers.of(order, false).duties().map("sender"::equals).orElse(false);
        if (paid && !lane.isFreeOfCustoms() && !product.isEuropaket()) {
            out.put("postalDeliveryDutyPaid", true);
        }
        if (lane.isDomestic()) {
            settings.returnNumber()
                    .ifPresent(number -> out.putObject("dhlRetoure")
                            .put("billingNumber", number)
                            .set("returnAddress", PaketParties.address(shipment.shipFrom(), "/shipFrom", true)));
        }
        return out;
    }

    private static void signature(ObjectNode out, String asked) {
        switch (asked) {
            case "none" -> {}
            case "adult" -> out.put("visualCheckOfAge", "A18");
            case "direct" -> out.put("namedPersonOnly", true);
            default -> out.put("signedForByRecipient", true);
        }
    }

    /** The recipient has to be told where it is. */
    private static void closest(ObjectNode out, Order order) {
        if (order.shipTo().email() == null && order.shipTo().phone() == null) {
            throw Refusals.needs("/shipTo/email");
        }
        out.put("closestDropPoint", true);
    }

    static ObjectNode money(Money money) {
        return RequestJson.object()
                .put("currency", money.currency().getCurrencyCode())
                .put("value", money.amount().scale() < 0 ? money.amount().setScale(0) : money.amount());
    }
}
