package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What belongs to orders, asked for once for all of them: a list costs four questions, three of them in one trip, however long it is, and one more where any is billed. */
public final class Related {
    private final long asOf;
    private final Map<String, List<ShipmentRow>> shipments;
    private final Map<String, List<NumberBook.New>> numbers;
    private final Map<String, List<ChargeBook.Row>> charges;
    private final List<StopBook.Row> stops;
    private final Set<String> withoutBill;
    private final Map<String, JsonNode> effective = new ConcurrentHashMap<>();

    /** @param asOf {@link System#nanoTime} before the first of it was read */
    private Related(
            Handle handle,
            long asOf,
            Map<String, List<ShipmentRow>> shipments,
            Map<String, List<NumberBook.New>> numbers,
            Map<String, List<ChargeBook.Row>> charges) {
        this.asOf = asOf;
        this.shipments = shipments;
        this.numbers = numbers;
        this.charges = charges;
        this.stops = isAnyReady(shipments) ? new StopBook(handle).all() : List.of();
        List<String> charged = charged(charges);
        this.withoutBill = charged.isEmpty() ? Set.of() : new MoneyBook(handle).withoutBill(charged);
    }

    /** Those an invoice ever charged: what it charged may be taken back since, or be of a label beside the shipment's own. */
    private static List<String> charged(Map<String, List<ChargeBook.Row>> charges) {
        return charges.entrySet().stream()
                .filter(of -> of.getValue().stream().anyMatch(Related::isBilled))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isBilled(ChargeBook.Row charge) {
        return charge.side().equals("billed");
    }

    /** @param orders hub ids */
    static Asked<Related> to(Handle handle, Collection<String> orders) {
        return Trips.of(handle).isToServer() ? inOneTrip(handle, orders) : Asked.answered(inSteps(handle, orders));
    }

    /** Were H2 to find the shipments within each question, it would take many times as long: {@code bench/run statements} tells. */
    private static Related inSteps(Handle handle, Collection<String> orders) {
        long asOf = System.nanoTime();
        Map<String, List<ShipmentRow>> shipments =
                new ShipmentBook(handle).of(orders).get();
        List<String> ids = shipments.values().stream()
                .flatMap(List::stream)
                .map(ShipmentRow::id)
                .toList();
        return new Related(
                handle,
                asOf,
                shipments,
                new NumberBook(handle).byParcel(ids),
                new ChargeBook(handle, new NewLines()).ofShipments(ids));
    }

    private static Asked<Related> inOneTrip(Handle handle, Collection<String> orders) {
        long asOf = System.nanoTime();
        return Trips.of(handle).together(handle, () -> {
            Asked<Map<String, List<ShipmentRow>>> shipments = new ShipmentBook(handle).of(orders);
            Asked<Map<String, List<NumberBook.New>>> numbers = new NumberBook(handle).byParcelOfOrders(orders);
            Asked<Map<String, List<ChargeBook.Row>>> charges =
                    new ChargeBook(handle, new NewLines()).ofShipmentsOf(orders);
            return shipments.map(found -> new Related(handle, asOf, found, numbers.get(), charges.get()));
        });
    }

    static Related to(Handle handle, ShipmentRow row) {
        List<String> id = List.of(row.id());
        return new Related(
                handle,
                System.nanoTime(),
                Map.of(row.orderUid(), List.of(row)),
                new NumberBook(handle).byParcel(id),
                new ChargeBook(handle, new NewLines()).ofShipments(id));
    }

    /** Only what is ready waits for its account. */
    private static boolean isAnyReady(Map<String, List<ShipmentRow>> shipments) {
        return shipments.values().stream().flatMap(List::stream).anyMatch(row -> row.state() == ShipmentState.READY);
    }

    /** Whether all of it was read after this moment of {@link System#nanoTime}. */
    public boolean isReadAfter(long moment) {
        return asOf - moment > 0;
    }

    /** What is bought of an order, read once for all who ask; they leave it as it is. */
    public JsonNode effective(OrderRow order) {
        return effective.computeIfAbsent(order.effective(), Json::kept);
    }

    public List<ShipmentRow> shipments(OrderRow order) {
        return shipments.getOrDefault(order.id(), List.of());
    }

    /** Its tracking numbers, in the order of its parcels. */
    public List<String> numbers(ShipmentRow row) {
        return numbersOf(row).map(NumberBook.New::value).toList();
    }

    /** The tracking number of each parcel, from 1, and under 0 that of the whole shipment; the first of one that has several. */
    public Map<Integer, String> numbersByParcel(ShipmentRow row) {
        Map<Integer, String> byParcel = new TreeMap<>();
        numbersOf(row).forEach(number -> byParcel.putIfAbsent(number.parcel(), number.value()));
        return byParcel;
    }

    private Stream<NumberBook.New> numbersOf(ShipmentRow row) {
        return numbers.getOrDefault(row.id(), List.of()).stream();
    }

    public List<ChargeBook.Row> charges(ShipmentRow row) {
        return charges.getOrDefault(row.id(), List.of());
    }

    /** Whether an invoice bills its own label, and be it to give it back. */
    public boolean isBilled(ShipmentRow row) {
        return charges(row).stream().anyMatch(Related::isBilled) && !withoutBill.contains(row.id());
    }

    /** Why an account buys nothing. */
    public Optional<StopBook.Row> stop(ShipmentRow row) {
        return stops.stream()
                .filter(stop ->
                        stop.account().equals(row.account()) || stop.account().equals(StopBook.ALL))
                .findFirst();
    }
}
