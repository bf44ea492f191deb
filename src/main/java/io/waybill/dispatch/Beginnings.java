package io.waybill.dispatch;

import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often in a row the look-up of a purchase was begun and came to nothing, not even to not knowing: each may have ended the hub. It
 * is kept as the shipment's problem when the look-up is claimed, and whatever comes of it replaces it.
 */
record Beginnings(int times) {
    /** So many in a row are no chance. */
    private static final int MOST = 5;

    /**
     * This one included; the first after a purchase is not counted, for that may have ended with a hub that looked up nothing.
     *
     * @param outlived one of those before ended no hub, as this one knows: it was begun here
     */
    static Beginnings of(ShipmentRow row, boolean outlived) {
        int begun = row.state() == ShipmentState.UNKNOWN ? before(row.problem()) + 1 : 0;
        return new Beginnings(Math.max(0, begun - (outlived ? 1 : 0)));
    }

    private static int before(@Nullable String problem) {
        return Optional.ofNullable(problem).map(kept -> Json.kept(kept, Problem[].class)).stream()
                .flatMap(Arrays::stream)
                .filter(told -> told.code().equals(DispatchCode.LOOK_UP_ENDS_HUB.code()))
                .mapToInt(told -> Integer.parseInt(told.values().getOrDefault("times", "0")))
                .findFirst()
                .orElse(0);
    }

    boolean areTooMany() {
        return times > MOST;
    }

    /** For a person. */
    Problem problem(String account, String ref) {
        return Problem.of(DispatchCode.LOOK_UP_ENDS_HUB, "account", account, "ref", ref, "times", times);
    }

    /** What is kept; null of the first. */
    @Nullable
    String kept(ShipmentRow row) {
        return times == 0 ? null : Json.text(List.of(problem(String.valueOf(row.account()), row.id())));
    }
}
