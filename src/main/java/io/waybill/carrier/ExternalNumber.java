package io.waybill.carrier;

import java.util.ArrayList;
import java.util.List;

/**
 * An external number of a shipment.
 *
 * @param kind {@code shipment | tracking | piece | return | agent | last_mile}
 * @param parcel 1-based parcel it belongs to, 0 for the whole shipment
 */
public record ExternalNumber(String kind, int parcel, String value) {

    /**
     * Those of a shipment whose number is that of its first parcel, where the parcel's own is not another; it is told once.
     *
     * @param tracking one for each parcel, in their order; empty where a parcel's is not told
     */
    public static List<ExternalNumber> ofParcels(ShipmentId id, List<String> tracking) {
        List<String> all = new ArrayList<>(tracking.isEmpty() ? List.of("") : tracking);
        List<ExternalNumber> numbers = new ArrayList<>();
        if (!all.contains(id.value())) {
            if (all.get(0).isEmpty()) {
                all.set(0, id.value());
            } else {
                numbers.add(new ExternalNumber("shipment", 0, id.value()));
            }
        }
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isEmpty()) {
                numbers.add(new ExternalNumber("tracking", i + 1, all.get(i)));
            }
        }
        return numbers;
    }
}
