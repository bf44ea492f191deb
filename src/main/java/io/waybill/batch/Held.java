package io.waybill.batch;

import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why an order is taken in and not bought yet, or whether it was bought is not known, in words. */
public final class Held {
    private Held() {}

    /** Nothing when it may be bought. */
    public static List<Problem> why(Plan plan) {
        return why(plan.state(), plan.holdReason(), plan.waitingFor(), plan.due());
    }

    /** Nothing when it is bought, or may be, or waits for a reason of its own that is told elsewhere. */
    static List<Problem> why(ShipmentRow shipment) {
        return why(shipment.state(), shipment.holdReason(), shipment.waitingFor(), shipment.due());
    }

    private static List<Problem> why(
            ShipmentState state, @Nullable String reason, @Nullable String waitingFor, @Nullable Instant due) {
        if (state == ShipmentState.UNKNOWN) {
            return List.of(Problem.of(BatchCode.OUTCOME_LOOKED_FOR));
        }
        if (state == ShipmentState.REVIEW) {
            return List.of(Problem.of(BatchCode.OUTCOME_FOR_A_PERSON));
        }
        if (state != ShipmentState.HELD) {
            return List.of();
        }
        return switch (String.valueOf(reason)) {
            case "hold" -> List.of(Problem.of(BatchCode.HELD_FOR_RELEASE));
            case "shipDate" ->
                List.of(Problem.of(
                        BatchCode.HELD_FOR_DATE,
                        "day",
                        due == null ? "-" : due.atZone(ZoneId.systemDefault()).toLocalDate()));
            case "packed" -> waitsFor(String.valueOf(waitingFor));
            default -> List.of();
        };
    }

    private static List<Problem> waitsFor(String pointers) {
        return pointers.contains("/weight") ? weights(pointers) : List.of(Problem.of(BatchCode.HELD_FOR_PARCELS));
    }

    /** @param pointers {@code /parcels/0/weight,/parcels/2/weight} */
    private static List<Problem> weights(String pointers) {
        return Stream.of(pointers.split(",", -1))
                .map(pointer -> pointer.replaceAll("\\D", ""))
                .filter(place -> !place.isEmpty())
                .map(place -> Problem.of(BatchCode.HELD_FOR_WEIGHT, "parcel", Integer.parseInt(place) + 1))
                .toList();
    }
}
