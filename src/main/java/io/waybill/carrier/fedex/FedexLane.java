package io.waybill.carrier.fedex;

import io.waybill.carrier.Shipment;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.Set;

/** Where a shipment comes from and goes to, as far as FedEx's rules ask. */
record FedexLane(String from, String to, boolean isReturn) {
    private static final Set<String> EU = Set.of(
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");
    private static final Set<String> US_AND_PR = Set.of("US", "PR");

    static FedexLane of(Shipment shipment) {
        Order.Options options = shipment.order().options();
        return new FedexLane(
                country(shipment.shipFrom()),
                country(shipment.order().shipTo()),
                options != null && Boolean.TRUE.equals(options.isReturn()));
    }

    /** FedEx knows Puerto Rico as a country, whichever way the address says it. */
    static String country(Address address) {
        return "US".equals(address.country()) && "PR".equals(address.state()) ? "PR" : address.country();
    }

    boolean isDomestic() {
        return from.equals(to);
    }

    /** No duties, no invoice. */
    boolean isFreeOfCustoms() {
        return isDomestic() || (EU.contains(from) && EU.contains(to));
    }

    /** Between the US and Puerto Rico nobody levies duties; what the order says about its goods is passed on. */
    boolean mayLackCustoms() {
        return isFreeOfCustoms() || (US_AND_PR.contains(from) && US_AND_PR.contains(to));
    }

    MassUnit massUnit() {
        return US_AND_PR.contains(from) ? MassUnit.LB : MassUnit.KG;
    }

    LengthUnit lengthUnit() {
        return US_AND_PR.contains(from) ? LengthUnit.IN : LengthUnit.CM;
    }
}
