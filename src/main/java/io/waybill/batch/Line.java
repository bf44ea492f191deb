package io.waybill.batch;

import io.waybill.ledger.LookBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TakenRow;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One document of a batch and what became of it, or would. A bad one has no number and no label, even where its order has:
 * nobody shall print a label that another content was bought for.
 *
 * @param rows {@code 2}, or {@code 2-4}
 * @param id of its order; null where none is there, as of one that is only looked at
 * @param status the shipment's word, else the result's; {@code ready} or {@code held} of one only looked at
 * @param service {@code sandbox:ground}
 * @param labels the shipments of it that have labels
 * @param toCome how many parcels of it were bought and wait for their label
 * @param problems why it was not accepted, or why its label is not bought; what was noted of it stands behind
 */
public record Line(
        int ordinal,
        long firstRow,
        long lastRow,
        String rows,
        @Nullable String orderId,
        @Nullable String id,
        String result,
        @Nullable String code,
        String status,
        List<String> numbers,
        @Nullable String service,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        List<TakenRow.Part> labels,
        int toCome,
        List<Problem> problems) {

    static Line of(LookBook.Row row) {
        Fate.Result result = Fate.Result.valueOf(row.result());
        boolean bought = result == Fate.Result.ACCEPTED || result == Fate.Result.REPLACED;
        return new Line(
                row.ordinal(),
                row.firstRow(),
                row.lastRow(),
                Outcomes.rows(row.firstRow(), row.lastRow()),
                row.orderId(),
                result == Fate.Result.ACCEPTED ? null : row.orderUid(),
                result.word(),
                row.code(),
                bought ? row.held() ? ShipmentState.HELD.word() : ShipmentState.READY.word() : result.word(),
                List.of(),
                service(row.carrier(), row.service()),
                row.amount(),
                row.currency(),
                List.of(),
                0,
                Outcomes.problems(row.problems()));
    }

    static Line of(TakenRow row) {
        Fate.Result result = Fate.Result.valueOf(row.result());
        ShipmentRow shipment = result.bad() ? null : row.shipment();
        List<Problem> noted = Outcomes.problems(row.problems());
        return new Line(
                row.ordinal(),
                row.firstRow(),
                row.lastRow(),
                Outcomes.rows(row.firstRow(), row.lastRow()),
                row.orderId(),
                row.orderUid(),
                result.word(),
                row.code(),
                shipment == null ? result.word() : shipment.word(),
                shipment == null ? List.of() : row.numbers(),
                shipment == null ? null : service(shipment.carrier(), shipment.service()),
                shipment == null ? null : row.amount(),
                shipment == null ? null : row.currency(),
                shipment == null
                        ? List.of()
                        : row.parts().stream()
                                .filter(part -> part.shipment().state() == ShipmentState.LABELLED)
                                .toList(),
                shipment == null ? 0 : toCome(row),
                shipment == null ? noted : withNotes(shipment, noted));
    }

    /** One without a number yet is one parcel as far as it is known. */
    private static int toCome(TakenRow row) {
        return row.parts().stream()
                .filter(part -> part.shipment().state() == ShipmentState.BOUGHT)
                .mapToInt(part -> Math.max(1, part.numbers().size()))
                .sum();
    }

    /** What keeps a label from being bought, and what it waits for, before what was noted of the row. */
    private static List<Problem> withNotes(ShipmentRow shipment, List<Problem> noted) {
        List<Problem> problems = Outcomes.problems(shipment.standing());
        return Stream.of(problems, problems.isEmpty() ? Held.why(shipment) : List.<Problem>of(), noted)
                .flatMap(List::stream)
                .toList();
    }

    /** Somebody has to correct it. */
    public boolean isBad() {
        return result.equals(Fate.Result.REJECTED.word()) || result.equals(Fate.Result.CONFLICT.word());
    }

    /** Why, in a sentence each; empty when all is well. */
    public String reason(Locale language) {
        return problems.stream().map(problem -> problem.sentence(language)).collect(Collectors.joining("; "));
    }

    /** The same beside another row of the document, so that nobody adds its charge twice. */
    Line withoutCharge() {
        return new Line(
                ordinal, firstRow, lastRow, rows, orderId, id, result, code, status, numbers, service, null, null,
                labels, toCome, problems);
    }

    private static @Nullable String service(@Nullable String carrier, @Nullable String service) {
        return carrier == null ? service : carrier + ":" + service;
    }
}
