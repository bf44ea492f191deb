package io.waybill.carrier.sandbox;

import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.order.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sandbox does not do: told before anything is sent, so that no order seems to be tested by it that was not. */
final class SandboxLimits {
    private static final String NO_CODE_BUT_OURS = "(?!)";
    private static final Services SERVICES = Services.read(SandboxLimits.class, NO_CODE_BUT_OURS);
    private static final List<Integer> RESOLUTIONS = List.of(203, 300);

    private SandboxLimits() {}

    /** @throws io.waybill.carrier.RefusedException for a service, a label or a wish it has not */
    static void requireSold(Shipment shipment) {
        SERVICES.code(shipment.service());
        requireLabel(shipment.label());
        requireWishes(shipment);
    }

    private static void requireLabel(LabelRequest label) {
        if (!LabelAsked.FORMATS.contains(label.format())) {
            throw Refusals.takesNot(label.format(), "/label/format", LabelAsked.FORMATS);
        }
        if (!label.size().equals(LabelAsked.SIZE)) {
            throw Refusals.takesNot(label.size(), "/label/size", LabelAsked.SIZE);
        }
        if (!RESOLUTIONS.contains(label.dpi())) {
            throw Refusals.takesNot(String.valueOf(label.dpi()), "/label/dpi", "203, 300");
        }
    }

    /** @throws io.waybill.carrier.RefusedException for what it would pass over */
    static void requireWishes(Shipment shipment) {
        Order.Options options = shipment.order().options();
        if (options != null) {
            requireNone(options.signature(), "/options/signature");
            requireNone(options.batteries(), "/options/batteries");
            if (Boolean.TRUE.equals(options.saturday())) {
                throw Refusals.takesNot("true", "/options/saturday", "false");
            }
            if (options.insuredValue() != null) {
                throw Refusals.takesNot(options.insuredValue().toString(), "/options/insuredValue", "0");
            }
        }
        Payers payers = Payers.of(shipment.order(), Lane.of(shipment).isReturn());
        if (!payers.transport().equals("sender")) {
            throw Refusals.takesNot(payers.transport(), "/billing/payer", "sender");
        }
        if (payers.duties().filter("thirdParty"::equals).isPresent()) {
            throw Refusals.takesNot("thirdParty", "/billing/dutiesPayer", "sender, recipient");
        }
    }

    private static void requireNone(@Nullable String wish, String pointer) {
        if (wish != null && !wish.equals("none")) {
            throw Refusals.takesNot(wish, pointer, "none");
        }
    }
}
