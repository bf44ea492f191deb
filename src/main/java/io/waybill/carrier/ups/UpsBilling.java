package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.order.Order;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who pays: the transport, and beyond customs the duties. */
final class UpsBilling {
    private static final String TRANSPORT = "01";
    private static final String DUTIES = "02";
    private static final Order.Billing NOTHING_SAID =
            new Order.Billing(null, null, null, null, null, null, null, List.of());

    private UpsBilling() {}

    static void put(ObjectNode out, Order order, UpsLane lane, String number) {
        Order.Billing billing = order.billing() == null ? NOTHING_SAID : order.billing();
        String payer = Objects.requireNonNullElse(billing.payer(), "sender");
        if (lane.isReturn() && payer.equals("recipient")) {
            payer = "sender"; // who ordered the return is the shipper here
        }
        ArrayNode charges = out.putArray("ShipmentCharge");
        ObjectNode transport = charges.addObject().put("Type", TRANSPORT);
        bill(transport, payer, billing, number);
        String duties = duties(order, billing);
        if (!lane.isFreeOfCustoms() && duties != null) {
            bill(charges.addObject().put("Type", DUTIES), duties, billing, number);
        }
    }

    /** The recipient pays when nobody is named, and needs no account for it. */
    private static @Nullable String duties(Order order, Order.Billing billing) {
        String incoterm = order.customs() == null ? null : order.customs().incoterm();
        String payer = billing.dutiesPayer();
        if (payer == null && "DDP".equals(incoterm)) {
            return "sender";
        }
        boolean withoutAccount = "recipient".equals(payer) && !"recipient".equals(billing.payer());
        return withoutAccount ? null : payer;
    }

    private static void bill(ObjectNode charge, String payer, Order.Billing billing, String number) {
        switch (payer) {
            case "recipient" -> {
                ObjectNode receiver = charge.putObject("BillReceiver");
                receiver.put("AccountNumber", account(billing));
                RequestJson.put(receiver.putObject("Address"), "PostalCode", billing.postalCode(), 9);
            }
            case "thirdParty" -> {
                ObjectNode third = charge.putObject("BillThirdParty");
                third.put("AccountNumber", account(billing));
                ObjectNode address = third.putObject("Address");
                RequestJson.put(address, "PostalCode", billing.postalCode(), 9);
                address.put("CountryCode", Refusals.needed(billing.country(), "/billing/country"));
            }
            default -> charge.putObject("BillShipper").put("AccountNumber", number);
        }
    }

    private static String account(Order.Billing billing) {
        return Refusals.needed(billing.account(), "/billing/account");
    }
}
