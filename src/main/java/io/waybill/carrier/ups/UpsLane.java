package io.waybill.carrier.ups;

import io.waybill.carrier.Lane;
import io.waybill.carrier.Shipment;

/** A lane as far as UPS's rules ask. */
record UpsLane(Lane lane) {
    static UpsLane of(Shipment shipment) {
        return new UpsLane(Lane.of(shipment));
    }

    boolean isReturn() {
        return lane.isReturn();
    }

    boolean isDomestic() {
        return lane.isDomestic();
    }

    /** No duties, no invoice. */
    boolean isFreeOfCustoms() {
        return lane.isFreeOfCustoms() || lane.isWithinUsAndPr();
    }

    /** It is to be said whether a business or a consumer sends and receives. */
    boolean isIntoEu() {
        return lane.isIntoEu();
    }

    /** Reference numbers are of the package, not of the shipment. */
    boolean hasPackageReferences() {
        return lane.isDomestic() && lane.isWithinUsAndPr();
    }

    /** A signature is asked for by the package, not by the shipment. */
    boolean hasPackageSignature() {
        return lane.isDomestic() || lane.isWithinUsAndPr();
    }

    /** The total of the invoice stands at the shipment too. */
    boolean hasInvoiceTotal() {
        return !isReturn()
                && lane.from().equals("US")
                && (lane.to().equals("CA") || lane.to().equals("PR"));
    }

    /** Pounds and inches. */
    boolean isImperial() {
        return lane.isImperial();
    }
}
