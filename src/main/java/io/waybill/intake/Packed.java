package io.waybill.intake;

import io.waybill.ledger.OrderRow;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order with the parcels the pack bench gave. */
final class Packed {
    private Packed() {}

    /** Whether what was packed still counts: until other parcels are said than those that were known at the bench. */
    static boolean counts(OrderRow known, Draft draft) {
        return draft.given().parcels().isEmpty()
                || Content.diff(
                                Json.kept(known.content()).path("parcels"),
                                draft.canonical().path("parcels"))
                        .isEmpty();
    }

    /**
     * What a revision says of an order that may be packed.
     *
     * @param packed the parcels the pack bench gave, or null
     * @param counts whether they count more than those of the revision
     */
    static Order said(Draft draft, SourceSettings source, @Nullable String packed, boolean counts) {
        if (packed == null) {
            return draft.effective();
        }
        List<Order.Parcel> parcels = Stored.parcels(packed);
        return counts ? order(draft.effective(), parcels) : Defaults.apply(draft.given(), source, parcels);
    }

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
