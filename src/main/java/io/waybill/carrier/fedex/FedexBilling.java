package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Payers;
import io.waybill.carrier.RequestJson;
import io.waybill.order.Order;

/** Who pays: the transport, and beyond customs the duties. */
final class FedexBilling {
    private FedexBilling() {}

    static ObjectNode transport(Order order, FedexLane lane, String number) {
        Payers payers = Payers.of(order, lane.isReturn());
        return payment(payers.transport(), payers, number);
    }

    /** The recipient pays when nobody is named, and needs no account for it. */
    static ObjectNode duties(Order order, String number) {
        Payers payers = Payers.of(order, false);
        return payers.isDutyOnDelivery()
                ? RequestJson.object().put("paymentType", "RECIPIENT")
                : payment(payers.duties().orElse("recipient"), payers, number);
    }

    private static ObjectNode payment(String payer, Payers payers, String number) {
        ObjectNode out = RequestJson.object();
        switch (payer) {
            case "recipient" -> {
                out.put("paymentType", "RECIPIENT");
                responsible(out, payers.account());
            }
            case "thirdParty" -> {
                out.put("paymentType", "THIRD_PARTY");
                ObjectNode address = responsible(out, payers.account()).putObject("address");
                RequestJson.fit(address, "postalCode", payers.billing().postalCode(), 10, "/billing/postalCode");
                address.put("countryCode", payers.country());
            }
            default -> {
                out.put("paymentType", "SENDER");
                responsible(out, number);
            }
        }
        return out;
    }

    private static ObjectNode responsible(ObjectNode out, String number) {
        ObjectNode party = out.putObject("payor").putObject("responsibleParty");
        party.set("accountNumber", FedexJson.value(number));
        return party;
    }
}
