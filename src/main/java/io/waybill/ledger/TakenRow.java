package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document of a file and what became of it since.
 *
 * @param result a document that was known before its file was last handed over is a {@code DUPLICATE}
 * @param orderUid null where there is no order, or none the reader may see
 * @param parts the order's live shipment, before one for the way back, else its last; all pieces of one that was cut; none where there is none
 * @param numbers the tracking numbers of every shipment of the order that stands, in their order
 * @param amount what its labels that stand are expected to cost together, as far as it is known; null when nothing is or
 *     in several currencies
 */
public record TakenRow(
        int ordinal,
        long firstRow,
        long lastRow,
        @Nullable String orderId,
        @Nullable String orderUid,
        String result,
        @Nullable String code,
        @Nullable String problems,
        List<Part> parts,
        List<String> numbers,
        @Nullable BigDecimal amount,
        @Nullable String currency) {

    /** @param numbers its tracking numbers, in parcel order */
    public record Part(ShipmentRow shipment, List<String> numbers) {}

    /** The one that is least advanced; null where there is none. */
    public @Nullable ShipmentRow shipment() {
        return parts.stream()
                .map(Part::shipment)
                .min(Comparator.comparing(ShipmentRow::state))
                .orElse(null);
    }
}
