package io.waybill.carrier.fedex;

import io.waybill.carrier.Services;

/** Services by our words and by FedEx's codes: {@code ground} and {@code FEDEX_GROUND} are the same. */
final class FedexServices {
    static final Services ALL = Services.read(FedexServices.class, "[A-Z0-9_]{4,60}");

    private static final String HOME_DELIVERY = "GROUND_HOME_DELIVERY";

    private FedexServices() {}

    /** By road, where small batteries need no papers. */
    static boolean isGround(String code) {
        return code.equals("FEDEX_GROUND") || isToHomes(code);
    }

    /** Not to businesses. */
    static boolean isToHomes(String code) {
        return code.equals(HOME_DELIVERY);
    }
}
