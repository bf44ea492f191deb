package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Payers;
import io.waybill.carrier.RequestJson;
import io.waybill.order.Order;

/** Who pays: the transport, and beyond customs the duties. */
final class UpsBilling {
    private static final String TRANSPORT = "01";
    private static final String DUTIES = "02";

    private UpsBilling() {}

    /** The recipient pays the duties when nobody is named, and needs no account for it. On documents there are none. */
    static void put(ObjectNode out, Order order, UpsLane lane, String number) {
        Payers payers = Payers.of(order, lane.isReturn());
        ArrayNode charges = out.putArray("ShipmentCharge");
        bill(charges.addObject().put("Type", TRANSPORT), payers.transport(), payers, number);
        if (lane.hasInvoice(order) && !payers.isDutyOnDelivery()) {
            payers.duties().ifPresent(who -> bill(charges.addObject().put("Type", DUTIES), who, payers, number));
        }
    }

    private static void bill(ObjectNode charge, String payer, Payers payers, String number) {
        switch (payer) {
            case "recipient" -> {
                ObjectNode receiver = charge.putObject("BillReceiver");
                receiver.put("AccountNumber", payers.account());
                postalCode(receiver.putObject("Address"), payers);
            }
            case "thirdParty" -> {
                ObjectNode third = charge.putObject("BillThirdParty");
                third.put("AccountNumber", payers.account());
                ObjectNode address = third.putObject("Address");
                postalCode(address, payers);
                address.put("CountryCode", payers.country());
            }
            default -> charge.putObject("BillShipper").put("AccountNumber", number);
        }
    }

    private static void postalCode(ObjectNode address, Payers payers) {
        RequestJson.fit(address, "PostalCode", payers.billing().postalCode(), 9, "/billing/postalCode");
    }
}
