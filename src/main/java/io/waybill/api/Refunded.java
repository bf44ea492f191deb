package io.waybill.api;

import io.waybill.ledger.RefundBook.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked back of a shipment in one currency, of all its labels together; all null where nothing is. */
record Refunded(
        @Nullable String states,
        @Nullable BigDecimal requested,
        @Nullable BigDecimal approved,
        @Nullable BigDecimal credited,
        @Nullable BigDecimal writtenOff) {

    static Refunded of(List<Row> refunds) {
        return new Refunded(
                refunds.isEmpty()
                        ? null
                        : refunds.stream().map(Row::state).distinct().collect(Collectors.joining(" ")),
                sum(refunds, Row::requested),
                sum(refunds, Row::approved),
                sum(refunds, Row::credited),
                sum(refunds, Row::writtenOff));
    }

    private static @Nullable BigDecimal sum(List<Row> refunds, Function<Row, @Nullable BigDecimal> amount) {
        return refunds.stream()
                .map(amount)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
    }
}
