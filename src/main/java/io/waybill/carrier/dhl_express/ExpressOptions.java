package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code valueAddedServices}, and what of an order each of them stands for. */
final class ExpressOptions {
    private static final String INSURANCE = "II";
    private static final String SATURDAY = "AA";
    private static final String DIRECT_SIGNATURE = "SF";
    private static final String ADULT_SIGNATURE = "SD";
    private static final String DUTIES_PAID = "DD";
    private static final String PAPERLESS = "WY";
    private static final Map<String, String> FIELDS = Map.of(
            INSURANCE, "/options/insuredValue",
            SATURDAY, "/options/saturday",
            DIRECT_SIGNATURE, "/options/signature",
            ADULT_SIGNATURE, "/options/signature",
            DUTIES_PAID, "/billing/dutiesPayer");

    private ExpressOptions() {}

    static ArrayNode services(Order order, Lane lane, ExpressBilling billing, boolean paperless) {
        ArrayNode out = forAll(order, billing);
        if (paperless && ExpressShipRequest.isDeclarable(order, lane)) {
            add(out, PAPERLESS);
        }
        return out;
    }

    /** Of a quote too: products that do not have them are left out of it. */
    static ArrayNode forAll(Order order, ExpressBilling billing) {
        ArrayNode out = RequestJson.object().arrayNode();
        if (order.options() != null) {
            addAsked(out, order.options());
        }
        if (billing.areDutiesPrepaid()) {
            add(out, DUTIES_PAID);
        }
        return out;
    }

    private static void addAsked(ArrayNode out, Order.Options options) {
        String batteries = Objects.requireNonNullElse(options.batteries(), "none");
        if (!batteries.equals("none")) {
            throw Refusals.takesNot(batteries, "/options/batteries", "none");
        }
        Money insured = Goods.insured(options);
        if (insured != null) {
            add(out, INSURANCE)
                    .put("value", ExpressPackages.amount(insured))
                    .put("currency", insured.currency().getCurrencyCode());
        }
        if (Boolean.TRUE.equals(options.saturday())) {
            add(out, SATURDAY);
        }
        switch (Objects.requireNonNullElse(options.signature(), "none")) {
            case "none" -> {}
            case "adult" -> add(out, ADULT_SIGNATURE);
            default -> add(out, DIRECT_SIGNATURE);
        }
    }

    /** The field of an order that asked for a service. */
    static Optional<String> field(String serviceCode) {
        return Optional.ofNullable(FIELDS.get(serviceCode));
    }

    private static ObjectNode add(ArrayNode out, String code) {
        return out.addObject().put("serviceCode", code);
    }
}
