package io.waybill.intake;

import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** That an order has a label that was bought outside this hub, with its numbers. */
final class Elsewhere {
    private Elsewhere() {}

    static Optional<Problem> problem(Tx tx, String orderId, List<ShipmentRow> shipments) {
        List<ShipmentRow> imported = shipments.stream()
                .filter(row -> row.imported() && row.state() != ShipmentState.VOIDED)
                .toList();
        String numbers = imported.stream()
                .flatMap(row -> tx.numbers().tracking(row.id()).stream())
                .collect(Collectors.joining(", "));
        return imported.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Problem.of(OrderCode.ALREADY_SHIPPED_ELSEWHERE, "orderId", orderId, "trackingNumber", numbers));
    }
}
