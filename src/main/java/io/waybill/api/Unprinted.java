package io.waybill.api;

import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** The answer for an order that was scanned and has nothing to print: as far as it got, and never 200, which says printed. */
final class Unprinted {
    private Unprinted() {}

    /**
     * Empty when its label has come meanwhile.
     *
     * @throws ProblemException {@code order-cancelled}, {@code label-is-elsewhere}, {@code nothing-to-print} where no label is to come
     */
    static Optional<Answer> answer(Tx tx, OrderRow order, Request request) {
        Answer answer = Settled.answer(tx, order, 200, request);
        if (answer.status() != 200) {
            return Optional.of(answer);
        }
        List<ShipmentRow> shipments = tx.shipments().of(order.id());
        if (shipments.stream().anyMatch(row -> row.state() == ShipmentState.LABELLED && !row.imported())) {
            return Optional.empty();
        }
        throw new ProblemException(why(order, shipments));
    }

    private static Problem why(OrderRow order, List<ShipmentRow> shipments) {
        if (order.cancelledAt() != null) {
            return Problem.of(OrderCode.ORDER_CANCELLED, "orderId", order.orderId());
        }
        return shipments.stream()
                .filter(row -> row.imported() && !row.state().isOver())
                .findFirst()
                .map(row -> Problem.of(ApiCode.LABEL_IS_ELSEWHERE, "id", row.id()))
                .orElseGet(() -> Problem.of(ApiCode.NOTHING_TO_PRINT, "orderId", order.orderId()));
    }
}
