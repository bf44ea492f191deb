package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Fact;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A known order says something else from now on, and what is still to be bought of it begins again by that. */
record Revising(Tx tx, Planner planner, Submission submission, SourceSettings source) {
    /** @param shipments those somebody may still ask for; none is bought or being bought, as they were read */
    Taken of(OrderRow known, List<ShipmentRow> shipments, Draft draft) {
        Optional<ShipmentRow> live = shipments.stream().filter(Revising::goesOn).findFirst();
        String packed = live.or(() -> shipments.stream().findFirst())
                .map(ShipmentRow::parcels)
                .orElse(null);
        boolean packedCounts = packed != null && Packed.counts(known, draft);
        Order said = Packed.said(draft, source, packed, packedCounts);
        Order effective = new OtherNames(tx, submission).keep(known, said);
        Order asked = live.map(shipment -> Stored.asked(shipment, effective, packedCounts))
                .orElse(effective);
        Plan plan = planner.plan(asked, packedCounts ? packed : null, false);
        if (live.isPresent() && !beginsAgain(live.get(), shipments, plan)) {
            return Taken.of(Result.CONFLICT, known, LateChange.beingBought(submission, known.orderId(), shipments));
        }
        tx.orders().revise(known, draft.revision(submission, effective));
        boolean isGivenBack = live.isEmpty() && !shipments.isEmpty() && known.cancelledAt() == null;
        if (isGivenBack) {
            tx.exceptions()
                    .closeBy(
                            Fact.REVISED,
                            shipments.stream().map(ShipmentRow::id).toList());
            tell(known, draft, null, plan);
        } else {
            String shipment = live.map(ShipmentRow::id)
                    .orElseGet(() -> tx.plans().begin(known.id(), next(known), "order", null, plan));
            tx.exceptions().closeBy(Fact.REVISED, shipment);
            OrderRow order = tell(known, draft, shipment, plan);
            tx.events().emit(new Start(submission, plan).news(order, shipment).toList());
        }
        return Taken.of(Result.REPLACED, known);
    }

    /** It is bought by what the order says now: not what was given back, nor a further label that was cancelled with it. */
    private static boolean goesOn(ShipmentRow shipment) {
        boolean over = shipment.state() == ShipmentState.CANCELLED && shipment.isFurther();
        return shipment.state() != ShipmentState.VOIDED && !over;
    }

    /** False when a buyer took a shipment since we looked: buyers do not lock the order. */
    private boolean beginsAgain(ShipmentRow live, List<ShipmentRow> shipments, Plan plan) {
        return lookAnew(tx, shipments, live)
                && Pieces.join(tx, live)
                && (live.state() == ShipmentState.CANCELLED
                        ? tx.plans().uncancel(live, plan)
                        : tx.plans().beginAgain(live, plan));
    }

    /** What else of the order may be bought says its new content too. False when a buyer took one of them since we looked. */
    static boolean lookAnew(Tx tx, List<ShipmentRow> shipments, ShipmentRow live) {
        return shipments.stream()
                .filter(row -> !row.id().equals(live.id()))
                .filter(row -> row.state() == ShipmentState.READY || row.state() == ShipmentState.CHOOSING)
                .allMatch(row -> tx.shipments().lookAnew(row));
    }

    /** What was given back elsewhere keeps its place. */
    private int next(OrderRow known) {
        return 1
                + tx.shipments().of(known.id()).stream()
                        .mapToInt(ShipmentRow::seq)
                        .max()
                        .orElse(0);
    }

    /** @return the order as it is now */
    private OrderRow tell(OrderRow before, Draft draft, @Nullable String shipment, Plan plan) {
        JsonNode changes = Stored.tree(Content.diff(Json.kept(before.content()), draft.canonical()));
        OrderRow order = draft.lock(tx).orElseThrow();
        ObjectNode detail = new Start(submission, plan).detail(order.revision());
        detail.set("changes", changes);
        tx.story().tell(order.id(), shipment, "revised", submission.actor(), detail.toString());
        return order;
    }
}
