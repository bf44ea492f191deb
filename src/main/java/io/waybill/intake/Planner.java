package io.waybill.intake;

import io.waybill.carrier.Choice;
import io.waybill.carrier.Chooser;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Order;
import io.waybill.order.Order.LabelSpec;
import io.waybill.order.Order.Options;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a shipment may be bought now, and by whom, or what it waits for. */
final class Planner {
    /** Of what an order of very many parcels waits for, the first are told. */
    private static final int LONGEST_LIST = 1_000;

    private final Chooser chooser;

    Planner(Chooser chooser) {
        this.chooser = chooser;
    }

    /**
     * @param effective with defaults
     * @param parcels JSON of packed parcels to keep with the shipment, or null
     * @param released a person or a date released it whatever the order says
     * @throws ProblemException when no account can take it
     */
    Plan plan(Order effective, @Nullable String parcels, boolean released) {
        Choice choice = choose(effective);
        if (choice instanceof Choice.Nobody nobody) {
            throw new ProblemException(nobody.problem());
        }
        List<String> missing = Missing.in(effective.parcels());
        String rule = String.valueOf(effective.release());
        if (!missing.isEmpty()) {
            String first = Shortened.whole(LONGEST_LIST, ",", missing);
            return held(effective, choice, parcels, "packed", first, null);
        }
        if (!released && rule.equals("hold")) {
            return held(effective, choice, parcels, "hold", "/release", null);
        }
        if (!released && rule.equals("packed")) {
            return held(effective, choice, parcels, "packed", "/parcels", null);
        }
        Optional<Instant> shipDate = shipDate(effective).filter(date -> rule.equals("shipDate"));
        if (!released && rule.equals("shipDate") && shipDate.isEmpty()) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "shipDate").at("/options/shipDate"));
        }
        if (!released && shipDate.isPresent()) {
            return held(effective, choice, parcels, "shipDate", "/options/shipDate", shipDate.get());
        }
        ShipmentState state = choice instanceof Choice.Compare ? ShipmentState.CHOOSING : ShipmentState.READY;
        return plan(state, effective, choice, parcels, null, null, null);
    }

    Choice choose(Order effective) {
        return chooser.choose(effective, String.valueOf(effective.namespace()));
    }

    /** Why nobody buys for an order; empty where somebody does. */
    Optional<Problem> unsold(Order effective) {
        return choose(effective) instanceof Choice.Nobody nobody ? Optional.of(nobody.problem()) : Optional.empty();
    }

    /** Why nobody buys for an order of the namespace that names this account; empty where somebody may. */
    Optional<Problem> unknown(String account, String namespace) {
        return chooser.unknown(account, namespace);
    }

    /** The start of the day an order asks to be shipped on, where the hub is. */
    static Optional<Instant> shipDate(Order order) {
        return Optional.ofNullable(order.options())
                .map(Options::shipDate)
                .map((LocalDate date) ->
                        date.atStartOfDay(ZoneId.systemDefault()).toInstant());
    }

    private static Plan held(
            Order order,
            Choice choice,
            @Nullable String parcels,
            String reason,
            String waitingFor,
            @Nullable Instant due) {
        return plan(ShipmentState.HELD, order, choice, parcels, reason, waitingFor, due);
    }

    private static Plan plan(
            ShipmentState state,
            Order order,
            Choice choice,
            @Nullable String parcels,
            @Nullable String reason,
            @Nullable String waitingFor,
            @Nullable Instant due) {
        LabelSpec label = order.label() == null ? LabelSpec.DEFAULT : order.label();
        Choice.Fixed fixed = choice instanceof Choice.Fixed known ? known : null;
        return new Plan(
                state,
                fixed == null ? null : fixed.account(),
                fixed == null ? null : fixed.carrier(),
                choice instanceof Choice.Compare compare
                        ? compare.by()
                        : fixed == null ? order.service() : fixed.service(),
                orElse(label.format(), "PDF"),
                orElse(label.size(), "4x6"),
                label.dpi() == null ? 203 : label.dpi(),
                reason,
                waitingFor,
                parcels,
                due);
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
