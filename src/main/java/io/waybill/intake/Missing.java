package io.waybill.intake;

import io.waybill.order.Order;
import java.util.List;
import java.util.stream.IntStream;

/** What an order still lacks before a label can be bought. */
final class Missing {
    private Missing() {}

    /** JSON pointers: {@code /parcels} when there is none, {@code /parcels/0/weight} for each without a weight. */
    static List<String> in(List<Order.Parcel> parcels) {
        if (parcels.isEmpty()) {
            return List.of("/parcels");
        }
        return IntStream.range(0, parcels.size())
                .filter(i -> parcels.get(i).weight() == null)
                .mapToObj(i -> "/parcels/" + i + "/weight")
                .toList();
    }
}
