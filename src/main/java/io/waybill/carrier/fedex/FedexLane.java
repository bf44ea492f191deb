package io.waybill.carrier.fedex;

import io.waybill.carrier.Lane;
import io.waybill.carrier.Shipment;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;

/** A lane as far as FedEx's rules ask. */
record FedexLane(Lane lane) {
    static FedexLane of(Shipment shipment) {
        return new FedexLane(Lane.of(shipment));
    }

    boolean isReturn() {
        return lane.isReturn();
    }

    boolean isDomestic() {
        return lane.isDomestic();
    }

    /** No duties, no invoice. */
    boolean isFreeOfCustoms() {
        return lane.isFreeOfCustoms();
    }

    /** Between the US and Puerto Rico what the order says about its goods is passed on. */
    boolean mayLackCustoms() {
        return isFreeOfCustoms() || lane.isWithinUsAndPr();
    }

    MassUnit massUnit() {
        return lane.isImperial() ? MassUnit.LB : MassUnit.KG;
    }

    LengthUnit lengthUnit() {
        return lane.isImperial() ? LengthUnit.IN : LengthUnit.CM;
    }
}
