package io.waybill.api;

import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StopBook;
import io.waybill.ledger.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What belongs to orders, asked for once for all of them: a list costs four questions, however long it is. */
record Related(
        Map<String, List<ShipmentRow>> shipments,
        Map<String, List<String>> numbers,
        Map<String, List<ChargeBook.Row>> charges,
        List<StopBook.Row> stops) {

    static Related to(Tx tx, Collection<OrderRow> orders) {
        Map<String, List<ShipmentRow>> shipments =
                tx.shipments().of(orders.stream().map(OrderRow::id).toList());
        return of(tx, shipments);
    }

    static Related to(Tx tx, ShipmentRow row) {
        return of(tx, Map.of(row.orderUid(), List.of(row)));
    }

    private static Related of(Tx tx, Map<String, List<ShipmentRow>> shipments) {
        List<String> ids = shipments.values().stream()
                .flatMap(List::stream)
                .map(ShipmentRow::id)
                .toList();
        return new Related(
                shipments,
                tx.numbers().tracking(ids),
                tx.charges().ofShipments(ids),
                isReady(shipments) ? tx.stops().all() : List.of());
    }

    /** Only what is ready waits for its account. */
    private static boolean isReady(Map<String, List<ShipmentRow>> shipments) {
        return shipments.values().stream().flatMap(List::stream).anyMatch(row -> row.state() == ShipmentState.READY);
    }

    List<ShipmentRow> shipments(OrderRow order) {
        return shipments.getOrDefault(order.id(), List.of());
    }

    List<String> numbers(ShipmentRow row) {
        return numbers.getOrDefault(row.id(), List.of());
    }

    List<ChargeBook.Row> charges(ShipmentRow row) {
        return charges.getOrDefault(row.id(), List.of());
    }

    /** Why an account buys nothing. */
    Optional<StopBook.Row> stop(ShipmentRow row) {
        return stops.stream()
                .filter(stop ->
                        stop.account().equals(row.account()) || stop.account().equals(StopBook.ALL))
                .findFirst();
    }
}
