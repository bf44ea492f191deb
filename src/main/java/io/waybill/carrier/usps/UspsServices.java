package io.waybill.carrier.usps;

import io.waybill.carrier.Refusals;
import io.waybill.carrier.Services;
import java.util.List;
import java.util.Set;

/** Mail classes by our words and by USPS's own. */
final class UspsServices {
    static final Services ALL = Services.read(UspsServices.class, "[A-Z][A-Z-]*(_[A-Z-]+)+");

    private static final String BACK = "_RETURN_SERVICE";
    private static final Set<String> RETURNED =
            Set.of("USPS_GROUND_ADVANTAGE", "PRIORITY_MAIL", "PRIORITY_MAIL_EXPRESS");
    private static final List<String> ABROAD =
            List.of("first_class_international", "priority_express_international", "priority_international");
    private static final List<String> AT_HOME = List.of(
            "bound_printed_matter", "ground", "library", "media", "parcel_select", "priority", "priority_express");

    private UspsServices() {}

    /**
     * The mail class for our word on this lane; of a return, the class that comes back.
     *
     * @throws io.waybill.carrier.RefusedException when it does not serve the lane
     */
    static String mailClass(String service, UspsLane lane) {
        String mailClass = ALL.code(service);
        if (isAbroad(mailClass) != lane.isAbroad()) {
            throw Refusals.takesNot(service, "/service", lane.isAbroad() ? ABROAD : AT_HOME);
        }
        boolean back = isReturn(mailClass);
        if (!lane.isReturn() && back) {
            throw Refusals.takesNot(service, "/service", AT_HOME);
        }
        if (lane.isReturn() && !back && !RETURNED.contains(mailClass)) {
            throw Refusals.takesNot(service, "/service", List.of("ground", "priority", "priority_express"));
        }
        return lane.isReturn() && !back ? mailClass + BACK : mailClass;
    }

    static boolean isAbroad(String mailClass) {
        return mailClass.contains("INTERNATIONAL") || mailClass.startsWith("GLOBAL_");
    }

    static boolean isReturn(String mailClass) {
        return mailClass.endsWith(BACK);
    }

    static boolean isExpress(String mailClass) {
        return mailClass.startsWith("PRIORITY_MAIL_EXPRESS");
    }
}
