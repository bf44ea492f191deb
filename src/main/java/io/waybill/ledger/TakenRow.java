package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document of a file and what became of it since.
 *
 * @param result a document that was known before its file was last handed over is a {@code DUPLICATE}
 * @param orderUid null where there is no order, or none the reader may see
 * @param shipment the order's live shipment, else its last; null where there is none
 * @param numbers its tracking numbers, in parcel order
 * @param amount what its label is expected to cost, or null when it is not known or in several currencies
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
        @Nullable ShipmentRow shipment,
        List<String> numbers,
        @Nullable BigDecimal amount,
        @Nullable String currency) {}
