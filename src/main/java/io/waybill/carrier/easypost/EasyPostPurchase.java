package io.waybill.carrier.easypost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.math.RoundingMode;

/** The body of {@code POST /v2/shipments/{id}/buy}: the rate, which names its shipment, and the insurance. */
final class EasyPostPurchase {
    private EasyPostPurchase() {}

    /** @throws io.waybill.carrier.RefusedException when the shipment has no such rate */
    static byte[] of(Reply draft, String service, Shipment shipment, EasyPostSettings settings) {
        Reply rate = EasyPostRates.chosen(draft, service);
        ObjectNode out = RequestJson.object();
        out.putObject("rate").put("id", rate.required("id")).put("shipment_id", draft.required("id"));
        Order.Options options = shipment.order().options();
        Money insured = options == null ? null : options.insuredValue();
        if (insured != null && insured.amount().signum() > 0) {
            out.put("insurance", dollars(insured));
        }
        settings.endShipper().ifPresent(one -> out.put("end_shipper_id", one));
        return RequestJson.bytes(out);
    }

    private static String dollars(Money insured) {
        if (!insured.currency().getCurrencyCode().equals("USD")) {
            throw Refusals.takesNot(insured.currency().getCurrencyCode(), "/options/insuredValue/currency", "USD");
        }
        return insured.amount().setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    /** Which shipment a purchase is of. */
    static String shipment(byte[] purchase) {
        return Reply.of(purchase).required("rate", "shipment_id");
    }
}
