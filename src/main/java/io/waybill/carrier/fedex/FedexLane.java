package io.waybill.carrier.fedex;

import io.waybill.carrier.Lane;
import io.waybill.carrier.Shipment;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import java.util.Set;

/** A lane as far as FedEx's rules ask. */
record FedexLane(Lane lane) {
    private static final Set<String> NEIGHBOURS = Set.of("CA", "MX");
    private static final Set<String> US_AND_PR = Set.of("US", "PR");

    static FedexLane of(Shipment shipment) {
        return new FedexLane(Lane.of(shipment));
    }

    boolean isReturn() {
        return lane.isReturn();
    }

    boolean isDomestic() {
        return lane.isDomestic();
    }

    /** Within the US or Canada FedEx knows none at all. */
    boolean hasNoCustoms() {
        return isDomestic() && (lane.isImperial() || lane.from().equals("CA"));
    }

    /** No duties, no invoice. */
    boolean isFreeOfCustoms() {
        return lane.isFreeOfCustoms();
    }

    boolean isIntoEu() {
        return lane.isIntoEu();
    }

    /** Where nobody levies duties, and between the US and Puerto Rico, what the order says about its goods is passed on. */
    boolean mayLackCustoms() {
        return isFreeOfCustoms() || lane.isWithinUsAndPr();
    }

    /** FedEx asks what own packaging is: into Canada, and from Canada or Mexico into the US and Puerto Rico. */
    boolean namesOwnPackaging() {
        return (!isDomestic() && lane.to().equals("CA"))
                || (NEIGHBOURS.contains(lane.from()) && US_AND_PR.contains(lane.to()));
    }

    MassUnit massUnit() {
        return lane.isImperial() ? MassUnit.LB : MassUnit.KG;
    }

    LengthUnit lengthUnit() {
        return lane.isImperial() ? LengthUnit.IN : LengthUnit.CM;
    }
}
