package io.waybill.intake;

import io.waybill.ledger.ShipmentBook.Plan;
import io.waybill.ledger.ShipmentState;
import io.waybill.problem.Problem;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Why an order is taken in and not bought yet, in words. */
final class Held {
    private Held() {}

    /** Nothing when it may be bought. */
    static List<Problem> why(Plan plan) {
        if (plan.state() != ShipmentState.HELD) {
            return List.of();
        }
        String waitingFor = String.valueOf(plan.waitingFor());
        return switch (String.valueOf(plan.holdReason())) {
            case "hold" -> List.of(Problem.of(IntakeCode.HELD_FOR_RELEASE));
            case "shipDate" ->
                List.of(Problem.of(
                        IntakeCode.HELD_FOR_DATE,
                        "day",
                        plan.due() == null
                                ? "-"
                                : plan.due().atOffset(ZoneOffset.UTC).toLocalDate()));
            default ->
                waitingFor.contains("/weight") ? weights(waitingFor) : List.of(Problem.of(IntakeCode.HELD_FOR_PARCELS));
        };
    }

    /** @param pointers {@code /parcels/0/weight,/parcels/2/weight} */
    private static List<Problem> weights(String pointers) {
        return Stream.of(pointers.split(",", -1))
                .map(pointer -> pointer.replaceAll("\\D", ""))
                .map(place -> Problem.of(IntakeCode.HELD_FOR_WEIGHT, "parcel", Integer.parseInt(place) + 1))
                .toList();
    }
}
