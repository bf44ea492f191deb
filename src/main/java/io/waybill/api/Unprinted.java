package io.waybill.api;

import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Standing;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;

/** The answer for an order that was scanned and has nothing to print: as far as it got, and never 200, which says printed. */
final class Unprinted {
    private Unprinted() {}

    /**
     * @throws ProblemException {@code order-cancelled}, {@code label-is-elsewhere}, {@code nothing-to-print} where no label is to come
     */
    static Answer answer(Tx tx, Standing standing, Request request) {
        Answer answer = Settled.answer(tx, standing, 200, request);
        if (answer.status() == 200) {
            throw new ProblemException(why(standing.order(), standing.shipments()));
        }
        return answer;
    }

    private static Problem why(OrderRow order, List<ShipmentRow> shipments) {
        if (order.cancelledAt() != null) {
            return Problem.of(OrderCode.ORDER_CANCELLED, "orderId", order.orderId());
        }
        return shipments.stream()
                .filter(row -> row.imported() && !row.state().isOver())
                .findFirst()
                .map(row -> Problem.of(ApiCode.LABEL_IS_ELSEWHERE, "id", row.id()))
                .orElseGet(() -> Problem.of(ApiCode.NOTHING_TO_PRINT, "orderId", order.orderId(), "id", order.id()));
    }
}
