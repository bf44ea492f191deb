package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Fact;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OutsideBook;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.OrderCode;
import io.waybill.order.OutsideLabel;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One transaction that takes in one label bought elsewhere, or says why not. */
final class OutsideAdmission {
    private final Tx tx;
    private final Submission submission;
    private final OutsideLabel said;
    private final String namespace;
    private final OutsideBook.Label label;
    private final OutsideCost cost;

    OutsideAdmission(Tx tx, Submission submission, OutsideLabel said, String namespace, OutsideBook.Label label) {
        this.tx = tx;
        this.submission = submission;
        this.said = said;
        this.namespace = namespace;
        this.label = label;
        this.cost = new OutsideCost(tx, said, label);
    }

    /** The shipments are read once: what a buyer does meanwhile is seen by the fence, and answered as a conflict. */
    Taken admit() {
        Optional<OrderRow> known = tx.orders().lock(namespace, said.orderId());
        List<ShipmentRow> shipments =
                known.map(order -> tx.shipments().of(order.id())).orElse(List.of());
        Optional<Problem> no = beingBought(shipments).or(() -> numberTaken(known));
        if (no.isPresent()) {
            return new Taken(Result.CONFLICT, known.map(OrderRow::id).orElse(null), said.orderId(), List.of(no.get()));
        }
        OrderRow order = known.orElseGet(this::newOrder);
        Result result = label(order, shipments);
        if (result == Result.CONFLICT) {
            return Taken.of(result, order, OrderCode.beingBought(said.orderId()));
        }
        if (submission.origin() != null) {
            Rejection.answered(tx, submission, order);
        }
        return Taken.of(result, order);
    }

    /** Nothing is decided over the head of a purchase that is open. */
    private Optional<Problem> beingBought(List<ShipmentRow> shipments) {
        return shipments.stream().noneMatch(this::hasNumber)
                        && shipments.stream().anyMatch(row -> row.state().isOpenPurchase())
                ? Optional.of(OrderCode.beingBought(said.orderId()))
                : Optional.empty();
    }

    /** An order of another namespace is not named: whoever says this need not see it. */
    private Optional<Problem> numberTaken(Optional<OrderRow> order) {
        List<OutsideBook.Other> others =
                tx.outside().othersWith(namespace, order.map(OrderRow::id).orElse(""), label);
        Optional<Problem> ours = others.stream()
                .filter(other -> other.namespace().equals(namespace))
                .findFirst()
                .map(other -> numberProblem(IntakeCode.OUTSIDE_NUMBER_TAKEN).with("orderId", other.orderId()));
        return others.isEmpty()
                ? Optional.empty()
                : ours.or(() -> Optional.of(numberProblem(IntakeCode.OUTSIDE_NUMBER_OF_OTHERS)));
    }

    private Problem numberProblem(IntakeCode code) {
        return Problem.of(code, "trackingNumber", said.trackingNumber()).at("/trackingNumber");
    }

    private OrderRow newOrder() {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", said.orderId())
                .put("namespace", namespace);
        if (said.reference() != null) {
            content.put("reference", said.reference());
        }
        if (said.costCenter() != null) {
            content.putObject("billing").put("costCenter", said.costCenter());
        }
        tx.orders()
                .insert(new Revision(
                        namespace,
                        said.orderId(),
                        null,
                        said.reference(),
                        List.of(),
                        content.toString(),
                        Content.hash(content),
                        content.toString(),
                        "now",
                        submission.channel(),
                        submission.source(),
                        submission.mapping(),
                        submission.mappingVersion(),
                        submission.actor()));
        return tx.orders().lock(namespace, said.orderId()).orElseThrow();
    }

    /** {@link Result#CONFLICT} when a buyer took the shipment since we looked: buyers do not lock the order. */
    private Result label(OrderRow order, List<ShipmentRow> shipments) {
        Optional<ShipmentRow> same = shipments.stream().filter(this::hasNumber).findFirst();
        if (same.isPresent()) {
            return again(order, same.get());
        }
        Optional<ShipmentRow> waiting = said.voided() ? Optional.empty() : waiting(shipments);
        if (waiting.filter(row ->
                        Pieces.isTaken(tx, row, shipments) || !tx.outside().takeOver(row, label))
                .isPresent()) {
            return Result.CONFLICT;
        }
        String shipment = waiting.map(ShipmentRow::id).orElseGet(() -> beside(order, shipments));
        tx.numbers().add(shipment, "tracking", 1, said.trackingNumber());
        tell(order, shipment, "bought elsewhere");
        boolean charged = cost.charge(order, shipment);
        if (said.voided()) {
            cost.giveBack(shipment);
            return Result.ACCEPTED;
        }
        tx.exceptions().closeBy(Fact.LABEL, shipment);
        List<String> news = new ArrayList<>(charged ? List.of("billing.charged") : List.of());
        news.add("order.labelled");
        tx.events().emit(sent(order), shipment, news, elsewhere());
        return Result.ACCEPTED;
    }

    /** Whatever was said of it before: an order that has a good label is not cancelled. */
    private OrderRow sent(OrderRow order) {
        if (order.cancelledAt() == null) {
            return order;
        }
        tx.orders().uncancel(order.id());
        return tx.orders().lock(namespace, said.orderId()).orElseThrow();
    }

    /** The one the label is for; what was given up waits for none while a label of ours is good. */
    private static Optional<ShipmentRow> waiting(List<ShipmentRow> shipments) {
        boolean isLabelled = shipments.stream().anyMatch(OutsideAdmission::isOursAndGood);
        return shipments.stream()
                .filter(row -> row.state().isOpenForChange() || (row.state() == ShipmentState.CANCELLED && !isLabelled))
                .min(Comparator.comparing(row -> row.state() == ShipmentState.CANCELLED));
    }

    private static boolean isOursAndGood(ShipmentRow row) {
        return !row.imported() && row.state().isSold() && !row.state().isOver();
    }

    /** Stands beside what the order has; a label that was sold here as well is for a person to see. */
    private String beside(OrderRow order, List<ShipmentRow> shipments) {
        int last = shipments.stream().mapToInt(ShipmentRow::seq).max().orElse(0);
        ShipmentState state = said.voided() ? ShipmentState.VOIDED : ShipmentState.LABELLED;
        String id = tx.outside().insert(order.id(), last + 1, label, state);
        shipments.stream()
                .filter(row -> !said.voided() && isOursAndGood(row))
                .findFirst()
                .ifPresent(own -> tx.exceptions()
                        .open(
                                Reason.SECOND_LABEL,
                                own.id(),
                                order.namespace(),
                                order,
                                own.id(),
                                submission.source(),
                                Stored.tree(List.of(Problem.of(
                                                IntakeCode.OUTSIDE_SECOND_LABEL,
                                                "orderId",
                                                order.orderId(),
                                                "trackingNumber",
                                                said.trackingNumber(),
                                                "system",
                                                said.system())))
                                        .toString()));
        return id;
    }

    private Result again(OrderRow order, ShipmentRow row) {
        if (!row.imported()) {
            return Result.DUPLICATE;
        }
        boolean charged = row.state() != ShipmentState.VOIDED && cost.charge(order, row.id());
        boolean voided = said.voided()
                && row.state() != ShipmentState.VOIDED
                && tx.shipments().move(row, ShipmentState.VOIDED, null);
        if (voided) {
            cost.giveBack(row.id());
            tx.exceptions().closeBy(Fact.VOIDED, row.id());
            closeSecondLabel(order);
            tell(order, row.id(), "voided elsewhere");
            tx.events().emit(order, row.id(), "shipment.voided", elsewhere());
            CalledOff.again(tx, order, submission);
        } else if (charged) {
            tx.events().emit(order, row.id(), "billing.charged", elsewhere());
        }
        return voided || charged ? Result.REPLACED : Result.DUPLICATE;
    }

    /** With the last label that stood beside ours; what else is open about ours is no business of theirs. */
    private void closeSecondLabel(OrderRow order) {
        List<ShipmentRow> shipments = tx.shipments().of(order.id());
        if (shipments.stream().noneMatch(OutsideAdmission::isBesideAndGood)) {
            shipments.forEach(own -> tx.exceptions().close(Reason.SECOND_LABEL, Fact.VOIDED, own.id()));
        }
    }

    private static boolean isBesideAndGood(ShipmentRow row) {
        return row.imported() && row.reason().equals("outside") && !row.state().isOver();
    }

    private boolean hasNumber(ShipmentRow row) {
        return tx.numbers().tracking(row.id()).contains(said.trackingNumber());
    }

    private void tell(OrderRow order, String shipment, String what) {
        ObjectNode detail =
                elsewhere().put("trackingNumber", said.trackingNumber()).put("account", label.account());
        ObjectNode all = said.voided() ? detail : CalledOff.told(order, detail);
        tx.story().tell(order.id(), shipment, what, submission.actor(), all.toString());
    }

    private ObjectNode elsewhere() {
        return JsonNodeFactory.instance.objectNode().put("boughtIn", said.system());
    }
}
