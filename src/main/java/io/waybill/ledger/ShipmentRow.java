package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.MergePatch;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One shipment of an order, as it stands.
 *
 * @param seq 1 for the first label the order asked for
 * @param fence raised by every claim and every change of content; a writer with an older fence has lost
 * @param waitingFor JSON pointers, comma-separated, of what a held shipment lacks
 * @param problem JSON of the last problem, or null
 * @param auditedAt when every ref of it was last looked up by the audit, or null
 * @param rebuy once its void is confirmed, the same is bought once more
 * @param asked what it says otherwise than its order, a JSON Merge Patch; null for nothing
 * @param piece which of its parcels it is, where they are bought one by one: a {@link Piece}; null for all of them
 * @param splitFrom the whole shipment it was cut from, of the first piece itself; null where nothing was cut
 */
public record ShipmentRow(
        String id,
        String orderUid,
        int seq,
        String reason,
        @Nullable String account,
        @Nullable String carrier,
        @Nullable String service,
        String labelFormat,
        String labelSize,
        int labelDpi,
        ShipmentState state,
        long fence,
        @Nullable String owner,
        int attempts,
        int lookups,
        @Nullable String holdReason,
        @Nullable String waitingFor,
        @Nullable String parcels,
        @Nullable String carrierShipment,
        @Nullable String problem,
        @Nullable String trackingStatus,
        Instant due,
        Instant createdAt,
        @Nullable Instant boughtAt,
        @Nullable Instant labelledAt,
        boolean imported,
        @Nullable Instant auditedAt,
        boolean rebuy,
        @Nullable String asked,
        @Nullable String piece,
        @Nullable String splitFrom) {

    /** The first of an order, as it is planned and before it is on disk. */
    public static ShipmentRow first(String id, String orderUid, Plan plan) {
        return new ShipmentRow(
                id,
                orderUid,
                1,
                "order",
                plan.account(),
                plan.carrier(),
                plan.service(),
                plan.labelFormat(),
                plan.labelSize(),
                plan.labelDpi(),
                plan.state(),
                0,
                null,
                0,
                0,
                plan.holdReason(),
                plan.waitingFor(),
                plan.parcels(),
                null,
                null,
                null,
                Objects.requireNonNullElse(plan.due(), Instant.EPOCH),
                Instant.EPOCH,
                null,
                null,
                false,
                null,
                false,
                null,
                null,
                null);
    }

    /** Its content is its order's. */
    public boolean isWholeOrder() {
        return asked == null && piece == null;
    }

    /** It was asked for beside what the order itself asks for. */
    public boolean isFurther() {
        return asked != null;
    }

    /** What it is to say: its order's content, what was asked for otherwise, and of that its own parcels. */
    public JsonNode content(JsonNode order) {
        JsonNode whole = wholeContent(order, parcels != null);
        return piece == null ? whole : Piece.read(piece).content(whole);
    }

    /**
     * The same of the shipment it was cut from.
     *
     * @param packed its parcels are those the pack bench gave, which its order has too, whatever was asked for
     */
    public JsonNode wholeContent(JsonNode order, boolean packed) {
        if (asked == null) {
            return order;
        }
        JsonNode patch = Json.kept(asked);
        if (packed && patch instanceof ObjectNode fields) {
            fields.remove("parcels");
        }
        return Content.said(MergePatch.apply(order, patch));
    }

    /** It is the other, or both were cut from the same shipment. */
    public boolean isPieceBeside(ShipmentRow other) {
        return id.equals(other.id()) || (splitFrom != null && splitFrom.equals(other.splitFrom()));
    }

    /** Whether it was asked for beside the labels that go out, for the way back. */
    public boolean bringsBack() {
        return reason.equals("return");
    }

    /** A JSON pointer into {@link #content} as one into the order. */
    public @Nullable String inOrder(@Nullable String pointer) {
        return piece == null ? pointer : Piece.read(piece).inWhole(pointer);
    }

    /** The problem that stands, as JSON; while its purchase is looked up only how often that was begun is kept, which says nothing yet. */
    public @Nullable String standing() {
        return state == ShipmentState.UNKNOWN ? null : problem;
    }

    public boolean isDelivered() {
        return "delivered".equals(trackingStatus);
    }

    /** What the API says: a labelled shipment that moves says so. */
    public String word() {
        if (state != ShipmentState.LABELLED || trackingStatus == null || trackingStatus.equals("pending")) {
            return state.word();
        }
        return isDelivered() ? "delivered" : "in_transit";
    }
}
