package io.waybill.carrier.ups;

import io.waybill.carrier.Lane;
import io.waybill.carrier.Shipment;
import io.waybill.order.Order;
import java.util.Set;

/** A lane as far as UPS's rules ask. */
record UpsLane(Lane lane) {
    private static final Set<String> US_NEIGHBOURS = Set.of("CA", "MX", "PR");

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

    /** Beyond customs, of all but documents, which need none. */
    boolean hasInvoice(Order order) {
        return !isFreeOfCustoms() && !isOfDocuments(order);
    }

    /** Nothing but documents of no worth, between two countries: UPS takes them for such neither from the US nor into its neighbours. */
    boolean isOfDocuments(Order order) {
        return order.customs() != null
                && "documents".equals(order.customs().contents())
                && order.customs().declaredValue() == null
                && order.items().stream().allMatch(item -> item.unitPrice() == null)
                && !isReturn()
                && !isDomestic()
                && !lane.from().equals("US")
                && !US_NEIGHBOURS.contains(lane.to());
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
