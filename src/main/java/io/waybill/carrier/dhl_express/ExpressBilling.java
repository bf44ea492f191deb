package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.order.Order;
import java.util.Optional;

/**
 * Who pays, by accounts: the shipper's is ours; another one pays where somebody else does, or the import account of a
 * return; and duties that the recipient does not pay have an account too.
 */
record ExpressBilling(String number, Optional<String> payer, Optional<String> duties, boolean isPaidByAccount) {

    static ExpressBilling of(Order order, Lane lane, ExpressSettings settings) {
        Payers payers = Payers.of(order, lane.isReturn());
        boolean own = payers.transport().equals("sender");
        Optional<String> payer =
                own ? settings.importNumber().filter(number -> lane.isReturn()) : Optional.of(payers.account());
        Optional<String> duties = ExpressShipRequest.isDeclarable(order, lane)
                ? payers.duties()
                        .filter(who -> !who.equals("recipient"))
                        .map(who -> who.equals("sender") ? settings.number() : payers.account())
                : Optional.empty();
        return new ExpressBilling(settings.number(), payer, duties, own);
    }

    /** Somebody other than the recipient pays them. */
    boolean areDutiesPrepaid() {
        return duties.isPresent();
    }

    ArrayNode accounts() {
        ArrayNode out = RequestJson.object().arrayNode();
        add(out, "shipper", number);
        payer.ifPresent(account -> add(out, "payer", account));
        duties.ifPresent(account -> add(out, "duties-taxes", account));
        return out;
    }

    /** For a quote, where duties have no account. */
    ArrayNode accountsToRate() {
        ArrayNode out = RequestJson.object().arrayNode();
        add(out, "shipper", number);
        payer.ifPresent(account -> add(out, "payer", account));
        return out;
    }

    private static void add(ArrayNode out, String type, String account) {
        out.addObject().put("typeCode", type).put("number", account.strip());
    }

    /** Who pays by a request; empty when the shipper does. */
    static String payerOf(Reply request) {
        return request.list("accounts").stream()
                .filter(account -> account.text("typeCode").equals("payer"))
                .map(account -> account.text("number"))
                .findFirst()
                .orElse("");
    }
}
