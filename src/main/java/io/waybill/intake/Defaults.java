package io.waybill.intake;

import io.waybill.order.Address;
import io.waybill.order.Order;
import io.waybill.order.Order.LabelSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills what the source left open; what it said stays. */
final class Defaults {
    private Defaults() {}

    /** @param packed parcels the pack bench gave, used when the order brings none; or null */
    static Order apply(Order given, SourceSettings source, @Nullable List<Order.Parcel> packed) {
        List<Order.Parcel> parcels = packed != null && given.parcels().isEmpty() ? packed : given.parcels();
        String namespace = given.namespace() == null ? source.namespace() : given.namespace();
        Address from = given.shipFrom() == null ? source.shipFrom() : given.shipFrom();
        return new Order(
                given.orderId(),
                namespace,
                given.placedAt(),
                given.reference(),
                given.identifiers(),
                from,
                given.shipTo(),
                given.service() == null ? source.service() : given.service(),
                given.account(),
                release(given, source, parcels, packed),
                parcels,
                given.items(),
                given.customs(),
                label(given.label(), source.label()),
                given.billing(),
                given.options(),
                given.metadata());
    }

    private static String release(
            Order given, SourceSettings source, List<Order.Parcel> parcels, @Nullable List<Order.Parcel> packed) {
        String stated = given.release() == null ? source.release() : given.release();
        if (stated != null && !(stated.equals("packed") && packed != null)) {
            return stated;
        }
        return Missing.in(parcels).isEmpty() ? "now" : "packed";
    }

    private static LabelSpec label(@Nullable LabelSpec given, LabelSpec fallback) {
        if (given == null) {
            return fallback;
        }
        return new LabelSpec(
                given.format() == null ? fallback.format() : given.format(),
                given.size() == null ? fallback.size() : given.size(),
                given.dpi() == null ? fallback.dpi() : given.dpi());
    }
}
