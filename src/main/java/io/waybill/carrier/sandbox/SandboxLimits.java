package io.waybill.carrier.sandbox;

import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;

/** What the sandbox does not do: told before anything is sent, so that no order seems to be tested by it that was not. */
final class SandboxLimits {
    private static final String NO_CODE_BUT_OURS = "(?!)";
    static final Services SERVICES = Services.read(SandboxLimits.class, NO_CODE_BUT_OURS);

    private SandboxLimits() {}

    /** @throws io.waybill.carrier.RefusedException for a service or a label it has not */
    static void requireSold(Shipment shipment) {
        SERVICES.code(shipment.service());
        requireLabel(shipment.label());
    }

    private static void requireLabel(LabelRequest label) {
        if (!LabelAsked.FORMATS.contains(label.format())) {
            throw Refusals.takesNot(label.format(), "/label/format", LabelAsked.FORMATS);
        }
        if (!label.size().equals(LabelAsked.SIZE)) {
            throw Refusals.takesNot(label.size(), "/label/size", LabelAsked.SIZE);
        }
        if (!LabelAsked.RESOLUTIONS.contains(label.dpi())) {
            throw Refusals.takesNot(String.valueOf(label.dpi()), "/label/dpi", "203, 300");
        }
    }
}
