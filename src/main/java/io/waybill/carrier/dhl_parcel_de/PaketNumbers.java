package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.ShipmentId;
import java.util.List;

/** The numbers of a shipment's parcels, joined to the one number the hub knows it by. */
final class PaketNumbers {
    /** As many as the hub's number has room for. */
    static final int MOST = 4;

    private static final String BETWEEN = "+";

    private PaketNumbers() {}

    static ShipmentId join(List<String> numbers) {
        return new ShipmentId(String.join(BETWEEN, numbers));
    }

    static List<String> of(ShipmentId id) {
        return List.of(id.value().split("\\" + BETWEEN));
    }
}
