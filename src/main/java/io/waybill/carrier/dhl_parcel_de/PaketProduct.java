package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.Refusals;

/**
 * A product and the contract it is booked on.
 *
 * @param delivery {@code premium}, {@code closest} or empty: how it is delivered abroad
 */
record PaketProduct(String code, String delivery, String billingNumber) {

    /** @throws io.waybill.carrier.RefusedException for a service nobody knows, and one the account has no billing number for */
    static PaketProduct of(String service, PaketSettings settings) {
        String[] parts = PaketFactory.SERVICES.code(service).split(" ", 2);
        String number = settings.billingNumbers().get(parts[0]);
        if (number == null) {
            throw Refusals.takesNot(
                    service, "/service", settings.billingNumbers().keySet());
        }
        return new PaketProduct(parts[0], parts.length > 1 ? parts[1] : "", number);
    }

    boolean isEuropaket() {
        return code.equals("V54EPAK");
    }

    /** Delivered by DHL's own people in Germany. */
    boolean isDomestic() {
        return code.equals("V01PAK") || code.startsWith("V62");
    }
}
