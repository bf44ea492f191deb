package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pack bench says, {@code packing/1}: the parcels of one order as they were packed and weighed.
 *
 * @param orderId null when the call already names the order
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Packing(@Nullable String orderId, List<Order.Parcel> parcels) {
    public Packing {
        parcels = parcels == null ? List.of() : List.copyOf(parcels);
    }
}
