package io.waybill.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbers the outside world knows a shipment by. */
public final class NumberBook {
    private static final Logger LOG = LoggerFactory.getLogger(NumberBook.class);
    private static final int LONGEST = 100;

    private static final String ADD = """
            INSERT INTO shipment_number (shipment_uid, kind, parcel, number_value, first_seen)
            VALUES (:shipment, :kind, :parcel, :value, CURRENT_TIMESTAMP)""";

    private static final String KNOWN = """
            SELECT shipment_uid AS shipment, kind, parcel, number_value AS "value" FROM shipment_number
            WHERE shipment_uid = ANY(:ids)""";

    private static final String IN_FORCE = """
            SELECT kind, parcel, number_value FROM shipment_number
            WHERE shipment_uid = :id AND replaced_at IS NULL
            ORDER BY parcel, kind, first_seen""";

    /** Of every kind: were the second column of the key asked for too, H2 would not look the list up in the first, and read them all. */
    private static final String OF_SHIPMENTS = """
            SELECT shipment_uid AS shipment, kind, parcel, number_value AS "value" FROM shipment_number
            WHERE shipment_uid = ANY(:ids) AND replaced_at IS NULL
            ORDER BY parcel, first_seen""";

    private static final String OF_ORDERS = OF_SHIPMENTS.replace(":ids", ShipmentBook.IDS_OF_ORDERS);

    private static final RecordMapper<External> EXTERNAL = RecordMapper.of(External.class);
    static final RecordMapper<New> NEW = RecordMapper.of(New.class);

    private final Handle handle;

    NumberBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * An external number, still in force.
     *
     * @param kind {@code tracking}, or what the carrier calls it
     * @param parcel 1-based, 0 for the whole shipment
     */
    public record External(String kind, int parcel, String numberValue) {}

    /**
     * A number that became known.
     *
     * @param parcel 1-based, 0 for the whole shipment
     */
    public record New(String shipment, String kind, int parcel, String value) {}

    /** Adds a number once; the same again changes nothing. */
    public void add(String shipment, String kind, int parcel, String value) {
        add(List.of(new New(shipment, kind, parcel, value)));
    }

    /** Adds each once; the same again changes nothing. One of more than 100 characters is none. */
    public void add(List<New> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        Set<New> known = Trips.of(handle).isToServer() ? new HashSet<>() : known(numbers);
        Sql added = Sql.of(handle, ADD);
        numbers.stream()
                .filter(NumberBook::hasRoom)
                .filter(known::add)
                .forEach(number -> added.bind("shipment", number.shipment())
                        .bind("kind", number.kind())
                        .bind("parcel", number.parcel())
                        .bind("value", number.value())
                        .add());
        added.writeNew();
    }

    /** No parcel has a number so long, and none may keep its sale from being recorded. */
    private static boolean hasRoom(New number) {
        boolean hasRoom = number.value().length() <= LONGEST;
        if (!hasRoom) {
            LOG.warn(
                    "a {} number of {} with more than {} characters is not kept: {}",
                    number.kind(),
                    number.shipment(),
                    LONGEST,
                    number.value());
        }
        return hasRoom;
    }

    private Set<New> known(List<New> numbers) {
        Set<String> shipments = numbers.stream().map(New::shipment).collect(Collectors.toSet());
        return new HashSet<>(Sql.of(handle, KNOWN).bindArray("ids", shipments).list(NEW));
    }

    /** What was in force is not any more: the shipment was never sold under it. A label found beside it keeps its own. */
    public void replaceAll(String shipment) {
        handle.createUpdate("""
                        UPDATE shipment_number SET replaced_at = CURRENT_TIMESTAMP
                        WHERE shipment_uid = :id AND replaced_at IS NULL AND kind <> 'orphan'""").bind("id", shipment).execute();
    }

    /** Waits for whoever else writes what a person told of an account's numbers; until the transaction ends nobody else does. */
    public void hold(String account) {
        HeldName.hold(handle, "numbers:" + account);
    }

    /** The shipments a number is in force for. */
    public List<String> shipments(String value) {
        return handle.createQuery(
                        "SELECT DISTINCT shipment_uid FROM shipment_number WHERE number_value = :value AND replaced_at IS NULL")
                .bind("value", value)
                .mapTo(String.class)
                .list();
    }

    /** The shipments that have, or had, the label an account's carrier knows by this number of its own, chosen or sold beside. */
    public List<String> sold(String account, String carrierShipment) {
        return handle.createQuery("""
                        SELECT id FROM shipment WHERE account = :account AND carrier_shipment = :number
                        UNION SELECT shipment_uid FROM orphan WHERE account = :account AND carrier_shipment = :number""")
                .bind("account", account)
                .bind("number", carrierShipment)
                .mapTo(String.class)
                .list();
    }

    public List<External> of(String shipment) {
        return handle.createQuery(IN_FORCE).bind("id", shipment).map(EXTERNAL).list();
    }

    /** The same of several shipments; one without numbers is not in it. */
    Map<String, List<External>> of(Collection<String> shipments) {
        return shipments.isEmpty()
                ? Map.of()
                : Sql.of(handle, OF_SHIPMENTS).bindArray("ids", shipments).list(NEW).stream()
                        .collect(Collectors.groupingBy(
                                New::shipment,
                                Collectors.mapping(
                                        one -> new External(one.kind(), one.parcel(), one.value()),
                                        Collectors.toList())));
    }

    /** The parcels' tracking numbers of several shipments, in parcel order; one without numbers is not in it. */
    public Map<String, List<String>> tracking(Collection<String> shipments) {
        return shipments.isEmpty()
                ? Map.of()
                : tracking(
                        Sql.of(handle, OF_SHIPMENTS).bindArray("ids", shipments).list(NEW));
    }

    /** The same with the parcels they are of. */
    Map<String, List<New>> byParcel(Collection<String> shipments) {
        return shipments.isEmpty()
                ? Map.of()
                : byParcel(
                        Sql.of(handle, OF_SHIPMENTS).bindArray("ids", shipments).list(NEW));
    }

    /** The same of all shipments of these orders. */
    Asked<Map<String, List<New>>> byParcelOfOrders(Collection<String> orders) {
        return Sql.of(handle, OF_ORDERS).bindArray("orders", orders).ask(NEW).map(NumberBook::byParcel);
    }

    private static Map<String, List<New>> byParcel(List<New> numbers) {
        return numbers.stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.groupingBy(New::shipment));
    }

    private static Map<String, List<String>> tracking(List<New> numbers) {
        return numbers.stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.groupingBy(New::shipment, Collectors.mapping(New::value, Collectors.toList())));
    }

    /** The parcels' tracking numbers, in parcel order. */
    public List<String> tracking(String shipment) {
        return of(shipment).stream()
                .filter(number -> number.kind().equals("tracking"))
                .map(External::numberValue)
                .toList();
    }
}
