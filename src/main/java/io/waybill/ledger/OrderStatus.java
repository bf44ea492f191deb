package io.waybill.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What orders are looked for by: the words of shipments' states, where parcels are, {@code rejected} for what is no order
 * yet, and {@code exception} for whatever needs a person.
 */
public final class OrderStatus {
    /** Nearly every order ends here: the newest have it, so looking at each finds them soon. */
    private static final Set<String> COMMON = Set.of("labelled", "delivered", "voided", "cancelled");

    private static final String COMMON_STATE = "EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id AND %s)";

    /** Few orders have it, and the newest may not. */
    private static final String RARE_STATE = "o.id IN (SELECT s.order_uid FROM shipment s WHERE %s)";

    private static final String REJECTED = """
            (o.namespace, o.order_id) IN (SELECT r.namespace, r.order_id FROM rejection r WHERE r.closed_at IS NULL)
             AND NOT EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id)""";

    private static final String EXCEPTION = "o.id IN (SELECT e.order_uid FROM exception e WHERE e.closed_at IS NULL)";

    private static final String STILL =
            "s.state = 'LABELLED' AND (s.tracking_status IS NULL OR s.tracking_status = 'pending')";

    /** Whatever a carrier says of a parcel between the label and the door. */
    private static final String MOVES = """
            s.state = 'LABELLED' AND s.tracking_status IN ('picked_up', 'in_transit', 'on_hold', 'delivery_delayed',
                'out_for_delivery', 'ready_for_pickup', 'delivery_failed', 'return_to_sender', 'cancelled', 'unknown')""";

    private OrderStatus() {}

    /** Every word there is. */
    public static List<String> words() {
        return Stream.concat(
                        Arrays.stream(ShipmentState.values()).map(ShipmentState::word),
                        Stream.of("in_transit", "delivered", "rejected", "exception"))
                .distinct()
                .toList();
    }

    /** A condition on an order {@code o}; it holds no value of a caller's. */
    static Optional<String> condition(String word) {
        return switch (word) {
            case "exception" -> Optional.of(EXCEPTION);
            case "rejected" -> Optional.of(REJECTED);
            case "in_transit" -> Optional.of(has(word, MOVES));
            case "delivered" -> Optional.of(has(word, "s.state = 'LABELLED' AND s.tracking_status = 'delivered'"));
            case "labelled" -> Optional.of(has(word, STILL));
            default -> states(word).map(states -> has(word, "s.state IN (" + states + ")"));
        };
    }

    private static String has(String word, String what) {
        return (COMMON.contains(word) ? COMMON_STATE : RARE_STATE).formatted(what);
    }

    private static Optional<String> states(String word) {
        String states = Arrays.stream(ShipmentState.values())
                .filter(state -> state.word().equals(word))
                .map(state -> "'" + state.name() + "'")
                .collect(Collectors.joining(", "));
        return states.isEmpty() ? Optional.empty() : Optional.of(states);
    }
}
