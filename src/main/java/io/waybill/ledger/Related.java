package io.waybill.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What belongs to orders, asked for once for all of them: a list costs four questions, however long it is. */
public final class Related {
    private final long asOf;
    private final Map<String, List<ShipmentRow>> shipments;
    private final Map<String, List<String>> numbers;
    private final Map<String, List<ChargeBook.Row>> charges;
    private final List<StopBook.Row> stops;

    /**
     * @param asOf {@link System#nanoTime} before the first of it was read
     * @param shipments by their orders
     */
    private Related(Handle handle, long asOf, Map<String, List<ShipmentRow>> shipments) {
        this.asOf = asOf;
        List<ShipmentRow> rows =
                shipments.values().stream().flatMap(List::stream).toList();
        List<String> ids = rows.stream().map(ShipmentRow::id).toList();
        this.shipments = shipments;
        this.numbers = new NumberBook(handle).tracking(ids);
        this.charges = ids.isEmpty() ? Map.of() : new ChargeBook(handle, new NewLines()).ofShipments(ids);
        this.stops = isAnyReady(rows) ? new StopBook(handle).all() : List.of();
    }

    /** @param orders hub ids */
    static Related to(Handle handle, Collection<String> orders) {
        return new Related(handle, System.nanoTime(), new ShipmentBook(handle).of(orders));
    }

    static Related to(Handle handle, ShipmentRow row) {
        return new Related(handle, System.nanoTime(), Map.of(row.orderUid(), List.of(row)));
    }

    /** Only what is ready waits for its account. */
    private static boolean isAnyReady(List<ShipmentRow> rows) {
        return rows.stream().anyMatch(row -> row.state() == ShipmentState.READY);
    }

    /** Whether all of it was read after this moment of {@link System#nanoTime}. */
    public boolean isReadAfter(long moment) {
        return asOf - moment > 0;
    }

    public List<ShipmentRow> shipments(OrderRow order) {
        return shipments.getOrDefault(order.id(), List.of());
    }

    /** Its tracking numbers, in the order of its parcels. */
    public List<String> numbers(ShipmentRow row) {
        return numbers.getOrDefault(row.id(), List.of());
    }

    public List<ChargeBook.Row> charges(ShipmentRow row) {
        return charges.getOrDefault(row.id(), List.of());
    }

    /** Why an account buys nothing. */
    public Optional<StopBook.Row> stop(ShipmentRow row) {
        return stops.stream()
                .filter(stop ->
                        stop.account().equals(row.account()) || stop.account().equals(StopBook.ALL))
                .findFirst();
    }
}
