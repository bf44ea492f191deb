package io.waybill.intake;

import io.waybill.order.Order;
import java.util.List;

/** An order with the parcels the pack bench gave. */
final class Packed {
    private Packed() {}

    /** Released by being packed, when nothing is missing. */
    static Order order(Order before, List<Order.Parcel> parcels) {
        String release =
                "packed".equals(before.release()) && Missing.in(parcels).isEmpty() ? "now" : before.release();
        return new Order(
                before.orderId(),
                before.namespace(),
                before.placedAt(),
                before.reference(),
                before.identifiers(),
                before.shipFrom(),
                before.shipTo(),
                before.service(),
                before.account(),
                release,
                parcels,
                before.items(),
                before.customs(),
                before.label(),
                before.billing(),
                before.options(),
                before.metadata());
    }
}
