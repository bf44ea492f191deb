package io.waybill.carrier.ups;

import io.waybill.carrier.Shipment;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.Set;

/** Where a shipment comes from and goes to, as far as UPS's rules ask. */
record UpsLane(String from, String to, boolean isReturn) {
    private static final Set<String> EU = Set.of(
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");
    private static final Set<String> US_AND_PR = Set.of("US", "PR");

    static UpsLane of(Shipment shipment) {
        Order.Options options = shipment.order().options();
        return new UpsLane(
                country(shipment.shipFrom()),
                country(shipment.order().shipTo()),
                options != null && Boolean.TRUE.equals(options.isReturn()));
    }

    /** UPS knows Puerto Rico as a country, whichever way the address says it. */
    static String country(Address address) {
        return "US".equals(address.country()) && "PR".equals(address.state()) ? "PR" : address.country();
    }

    boolean isDomestic() {
        return from.equals(to);
    }

    /** No duties, no invoice: within a country, between the US and Puerto Rico, within the EU. */
    boolean isFreeOfCustoms() {
        return isDomestic() || betweenUsAndPr() || (EU.contains(from) && EU.contains(to));
    }

    /** Reference numbers are of the package, not of the shipment. */
    boolean hasPackageReferences() {
        return isDomestic() && US_AND_PR.contains(from);
    }

    /** A signature is asked for by the package, not by the shipment. */
    boolean hasPackageSignature() {
        return isDomestic() || betweenUsAndPr();
    }

    /** The total of the invoice stands at the shipment too. */
    boolean hasInvoiceTotal() {
        return !isReturn && "US".equals(from) && ("CA".equals(to) || "PR".equals(to));
    }

    /** Pounds and inches. */
    boolean isImperial() {
        return US_AND_PR.contains(from);
    }

    private boolean betweenUsAndPr() {
        return US_AND_PR.contains(from) && US_AND_PR.contains(to);
    }
}
