package io.waybill.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What orders are looked for by: the words of shipments' states, where parcels are, {@code rejected} for what is no order
 * yet, and {@code exception} for whatever needs a person.
 */
public final class OrderStatus {
    /** For what so many orders have that going through the newest finds a page of them soon. */
    private static final String WHILE_LOOKING = "EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id AND %s)";

    /** For what few orders have, and the newest may not. */
    private static final String FIRST = "o.id IN (SELECT s.order_uid FROM shipment s WHERE %s)";

    /** More than this are many. */
    static final int MANY = 20_000;

    private static final String REJECTED = """
            (o.namespace, o.order_id) IN (SELECT r.namespace, r.order_id FROM rejection r WHERE r.closed_at IS NULL)
             AND NOT EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id)""";

    private static final String EXCEPTION = "o.id IN (SELECT e.order_uid FROM exception e WHERE e.closed_at IS NULL)";

    private static final String STILL =
            "s.state = 'LABELLED' AND (s.tracking_status IS NULL OR s.tracking_status = 'pending')";

    /** Whatever a carrier says of a parcel between the label and the door. */
    private static final String MOVING = """
            %s IN ('picked_up', 'in_transit', 'on_hold', 'delivery_delayed',
                'out_for_delivery', 'ready_for_pickup', 'delivery_failed', 'return_to_sender', 'cancelled', 'unknown')""";

    private static final String AMONG_ALL = "s.tracking_status";

    /** Of one order's shipments: the same, hidden from the index of all, which H2 would read for each order. */
    private static final String AMONG_ITS_OWN = "COALESCE(s.tracking_status, '')";

    private OrderStatus() {}

    /** Every word there is. */
    public static List<String> words() {
        return Stream.concat(
                        Arrays.stream(ShipmentState.values()).map(ShipmentState::word),
                        Stream.of("in_transit", "delivered", "rejected", "exception"))
                .distinct()
                .toList();
    }

    /**
     * A condition on an order {@code o}; it holds no value of a caller's.
     *
     * @param many whether at least {@link #MANY} shipments are {@link #among} it
     */
    static Optional<String> condition(String word, boolean many) {
        return switch (word) {
            case "exception" -> Optional.of(EXCEPTION);
            case "rejected" -> Optional.of(REJECTED);
            default ->
                many
                        ? shipments(word, AMONG_ITS_OWN).map(WHILE_LOOKING::formatted)
                        : shipments(word, AMONG_ALL).map(FIRST::formatted);
        };
    }

    /** A condition on a shipment {@code s}, answered by an index, that holds for whatever is in this status. */
    static Optional<String> among(String word) {
        return switch (word) {
            case "in_transit" -> Optional.of(MOVING.formatted(AMONG_ALL));
            case "delivered" -> Optional.of("s.tracking_status = 'delivered'");
            default -> states(word);
        };
    }

    private static Optional<String> shipments(String word, String status) {
        return switch (word) {
            case "in_transit" -> Optional.of("s.state = 'LABELLED' AND " + MOVING.formatted(status));
            case "delivered" -> among(word).map(which -> "s.state = 'LABELLED' AND " + which);
            case "labelled" -> Optional.of(STILL);
            default -> states(word);
        };
    }

    private static Optional<String> states(String word) {
        String states = Arrays.stream(ShipmentState.values())
                .filter(state -> state.word().equals(word))
                .map(state -> "'" + state.name() + "'")
                .collect(Collectors.joining(", "));
        return states.isEmpty() ? Optional.empty() : Optional.of("s.state IN (" + states + ")");
    }
}
