package io.waybill.intake;

import io.waybill.order.Order;
import java.util.ArrayList;
import java.util.List;

/** What an order still lacks before a label can be bought. */
final class Missing {
    private Missing() {}

    /** JSON pointers: {@code /parcels} when there is none, {@code /parcels/0/weight} for each without a weight. */
    static List<String> in(List<Order.Parcel> parcels) {
        if (parcels.isEmpty()) {
            return List.of("/parcels");
        }
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < parcels.size(); i++) {
            if (parcels.get(i).weight() == null) {
                missing.add("/parcels/" + i + "/weight");
            }
        }
        return missing;
    }
}
