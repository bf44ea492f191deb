package io.waybill.intake;

import io.waybill.intake.Arrivals.Paper;
import io.waybill.intake.Arrivals.Step;
import io.waybill.intake.Arrivals.Way;
import io.waybill.ledger.ShipmentState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the answers are, said once more and simply. */
final class IntakeModel {
    private static final Set<ShipmentState> BEING_BOUGHT = EnumSet.of(ShipmentState.BUYING, ShipmentState.REVIEW);

    final List<Paper> papers;
    final Map<String, String> bodies = new HashMap<>();
    ShipmentState state = ShipmentState.READY;
    Step.@Nullable Take last;
    int revision;

    IntakeModel(List<Paper> papers) {
        this.papers = papers;
    }

    boolean isReady() {
        return last != null && state == ShipmentState.READY;
    }

    /** Nobody buys it, and it can be cancelled. */
    boolean isOpen() {
        return isReady() || state == ShipmentState.REFUSED;
    }

    String answer(Step.Take take, String body) {
        String known = take.key() == null ? null : bodies.get(take.way().source + "/" + take.key());
        if (known != null) {
            return known.equals(body) ? "DUPLICATE" : "CONFLICT idempotency-key-reused";
        }
        if (last == null) {
            return "ACCEPTED";
        }
        if (state == ShipmentState.CANCELLED) {
            return take.reopen() ? "REPLACED" : "CONFLICT order-cancelled";
        }
        if (saysTheSame(last, take)) {
            return "DUPLICATE";
        }
        if (BEING_BOUGHT.contains(state)) {
            String later = state == ShipmentState.REVIEW ? "order-undecided" : "order-bought-meanwhile";
            return "CONFLICT " + (take.way() == Way.API ? "order-being-bought" : later);
        }
        if (state == ShipmentState.LABELLED) {
            return "CONFLICT order-content-differs";
        }
        return take.way() == Way.STRICT ? "CONFLICT change-not-taken" : "REPLACED";
    }

    /** Another source may say less. */
    private static boolean saysTheSame(Step.Take last, Step.Take next) {
        return last.paper() == next.paper()
                || last.paper() + next.paper() == 3
                        && last.paper() * next.paper() == 0
                        && !last.way().source.equals(next.way().source);
    }

    void taken(Step.Take take, String body, boolean isNews) {
        if (take.key() != null) {
            bodies.putIfAbsent(take.way().source + "/" + take.key(), body);
        }
        if (isNews) {
            last = take;
            revision++;
            state = ShipmentState.READY;
        }
    }
}
