package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.CallingOff;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cancels an order by every shipment of it that is not over. A label that is on its way back, to be bought once more, is
 * given back and not bought again.
 */
final class Cancelling {
    static final String CANCELLED = "order.cancelled";

    private Cancelling() {}

    /**
     * Why an order is cancelled.
     *
     * @param by whose word it was, or null
     * @param source whose document says so, or null where a person or a caller does
     * @param reason in the words of the document's mapping, or null
     * @param batch that was stopped, and whose sheet opens the order again; or null
     */
    record Cause(
            @Nullable String by,
            @Nullable String source,
            @Nullable String reason,
            @Nullable String batch) {
        static Cause of(@Nullable String actor) {
            return new Cause(actor, null, null, null);
        }

        static Cause of(Submission document) {
            return new Cause(document.actor(), document.source(), document.callsOff(), null);
        }

        /** @param isMeant somebody has called the order itself off, or changed it, when it was too late */
        static Cause of(CallingOff.Why stop, boolean isMeant) {
            String reason = "batch " + stop.batch() + " was stopped";
            return new Cause(stop.by(), null, reason, isMeant ? null : stop.batch());
        }

        /** As sinks are told it. */
        private ObjectNode facts() {
            ObjectNode facts = JsonNodeFactory.instance.objectNode();
            ObjectNode cancellation = facts.putObject("cancellation");
            tell(cancellation, "by", by);
            tell(cancellation, "source", source);
            tell(cancellation, "reason", reason);
            return facts;
        }

        private static void tell(ObjectNode facts, String field, @Nullable String value) {
            if (value != null) {
                facts.put(field, value);
            }
        }
    }

    /** Sinks are told once, whatever the number of its shipments; not again until the order was opened again. */
    static void all(Tx tx, OrderRow order, List<ShipmentRow> shipments, Cause cause) {
        List<ShipmentRow> live = shipments.stream()
                .filter(row -> !row.state().isOver() && !isOnItsWayBack(order, row))
                .toList();
        live.stream()
                .filter(row -> !row.state().isOpenForChange())
                .min(Comparator.comparing(row -> row.state().isSold()))
                .ifPresent(row -> {
                    throw row.state().isSold()
                            ? new ProblemException(Problem.of(IntakeCode.LABEL_IS_SOLD, "orderId", order.orderId()))
                            : new ProblemException(OrderCode.beingBought(order.orderId()));
                });
        shipments.forEach(tx.voids()::noRebuy);
        live.forEach(shipment -> one(tx, order, shipment, cause));
        if (live.isEmpty()) {
            StoppedSheet.meant(tx, order, cause.by());
        }
        if (order.cancelledAt() == null) {
            tx.orders().cancel(order.id());
            tx.exceptions().closeBy(Fact.CANCELLED, over(shipments));
            if (live.isEmpty()) {
                tx.story().tell(order.id(), null, "cancelled", cause.by(), null);
            }
            OrderRow cancelled = tx.orders().find(order.id(), Namespaces.ALL).orElseThrow();
            tx.events().emit(cancelled, null, CANCELLED, cause.facts());
        }
    }

    /** A person may have been told of an order after all its labels were given back. */
    private static List<String> over(List<ShipmentRow> shipments) {
        return shipments.stream()
                .filter(row -> row.state().isOver())
                .map(ShipmentRow::id)
                .toList();
    }

    /**
     * What is not bought of an order that cannot be cancelled any more, for one of its labels is sold or being bought.
     *
     * @return how many shipments it were
     */
    static int unsold(Tx tx, OrderRow order, List<ShipmentRow> shipments, @Nullable String actor) {
        shipments.forEach(tx.voids()::noRebuy);
        List<ShipmentRow> unsold =
                shipments.stream().filter(row -> row.state().isOpenForChange()).toList();
        unsold.forEach(shipment -> one(tx, order, shipment, Cause.of(actor)));
        return unsold.size();
    }

    /**
     * Calls off what is not bought yet of an order of which something is, or is being bought. Said once more, it is answered once more.
     *
     * @return what to say of it; empty, and nothing is done, where nothing is, or nothing else waits or was called off
     */
    static Optional<Problem> rest(Tx tx, OrderRow order, List<ShipmentRow> shipments, @Nullable String actor) {
        List<ShipmentRow> taken = shipments.stream()
                .filter(row -> !row.state().isOver() && !isOnItsWayBack(order, row))
                .filter(row -> !row.state().isOpenForChange())
                .toList();
        boolean waits = shipments.stream().anyMatch(row -> row.state().isOpenForChange());
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        int stopped = waits ? unsold(tx, order, shipments, actor) : calledOff(tx, order, shipments);
        if (stopped == 0) {
            return Optional.empty();
        }
        shipments.forEach(tx.voids()::noRebuy);
        if (taken.stream().anyMatch(row -> row.state().isOpenPurchase())) {
            return Optional.of(OrderCode.beingBought(order.orderId()));
        }
        String numbers = taken.stream()
                .map(row -> tx.numbers().tracking(row.id()).stream().findFirst().orElse(row.id()))
                .collect(Collectors.joining(", "));
        return Optional.of(Problem.of(
                IntakeCode.REST_CALLED_OFF,
                "orderId",
                order.orderId(),
                "stopped",
                stopped,
                "bought",
                numbers,
                "id",
                order.id()));
    }

    /** How many shipments were called off since the order says what it says; not what was given up to be whole again. */
    private static int calledOff(Tx tx, OrderRow order, List<ShipmentRow> shipments) {
        Set<String> told = new HashSet<>();
        for (StoryBook.Entry entry : tx.story().of(order.id())) {
            if (entry.what().equals("revised")) {
                told.clear();
            } else if (entry.what().equals("cancelled")) {
                told.add(String.valueOf(entry.shipmentUid()));
            }
        }
        return (int) shipments.stream()
                .filter(row -> row.state() == ShipmentState.CANCELLED && told.contains(row.id()))
                .count();
    }

    /** Its own story goes on until its carrier has answered, in a cancelled order too. */
    private static boolean isOnItsWayBack(OrderRow order, ShipmentRow row) {
        return row.state() == ShipmentState.VOIDING && (row.rebuy() || order.cancelledAt() != null);
    }

    private static void one(Tx tx, OrderRow order, ShipmentRow shipment, Cause cause) {
        if (!tx.shipments().move(shipment, ShipmentState.CANCELLED, null)) {
            throw new ProblemException(OrderCode.beingBought(order.orderId()));
        }
        tx.shipments().unquote(shipment.id());
        tx.exceptions().closeBy(Fact.CANCELLED, shipment.id());
        tx.story().tell(order.id(), shipment.id(), "cancelled", cause.by(), StoppedSheet.told(cause.batch()));
    }
}
