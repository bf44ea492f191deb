package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.order.Order;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who pays: the transport, and beyond customs the duties. */
final class FedexBilling {
    private static final Order.Billing NOTHING_SAID =
            new Order.Billing(null, null, null, null, null, null, null, List.of());

    private FedexBilling() {}

    static ObjectNode transport(Order order, FedexLane lane, String number) {
        Order.Billing billing = billing(order);
        String payer = Objects.requireNonNullElse(billing.payer(), "sender");
        boolean ordersReturn = lane.isReturn() && payer.equals("recipient");
        return payment(ordersReturn ? "sender" : payer, billing, number); // who ordered the return pays as its shipper
    }

    /** The recipient pays when nobody is named, and needs no account for it. */
    static ObjectNode duties(Order order, String number) {
        Order.Billing billing = billing(order);
        String payer = dutiesPayer(order, billing);
        if (payer.equals("recipient") && !"recipient".equals(billing.payer())) {
            return RequestJson.object().put("paymentType", "RECIPIENT");
        }
        return payment(payer, billing, number);
    }

    private static String dutiesPayer(Order order, Order.Billing billing) {
        @Nullable
        String incoterm = order.customs() == null ? null : order.customs().incoterm();
        return Objects.requireNonNullElse(billing.dutiesPayer(), "DDP".equals(incoterm) ? "sender" : "recipient");
    }

    private static ObjectNode payment(String payer, Order.Billing billing, String number) {
        ObjectNode out = RequestJson.object();
        switch (payer) {
            case "recipient" -> {
                out.put("paymentType", "RECIPIENT");
                responsible(out, account(billing));
            }
            case "thirdParty" -> {
                out.put("paymentType", "THIRD_PARTY");
                ObjectNode address = responsible(out, account(billing)).putObject("address");
                RequestJson.put(address, "postalCode", billing.postalCode(), 10);
                address.put("countryCode", Refusals.needed(billing.country(), "/billing/country"));
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

    private static Order.Billing billing(Order order) {
        return order.billing() == null ? NOTHING_SAID : order.billing();
    }

    private static String account(Order.Billing billing) {
        return Refusals.needed(billing.account(), "/billing/account");
    }
}
