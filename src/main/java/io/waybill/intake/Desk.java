package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.batch.CallingOff;
import io.waybill.carrier.Chooser;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person or the pack bench does with an order that is in: pack, release, retry, cancel. Each is one transaction;
 * an order outside the caller's namespaces does not exist.
 */
public final class Desk {
    /** How many {@link #releaseDue} takes of each reason in one turn: as many, or more, may mean that there are more. */
    public static final int RELEASED_AT_ONCE = 100;

    private static final String CANCELLED = "order.cancelled";

    private final Ledger ledger;
    private final Orders orders;
    private final Planner planner;
    private final Releasing releasing;
    private final DueReleases dues;
    private final Runnable wake;

    public Desk(Ledger ledger, Orders orders, Chooser chooser, Spending spending, Runnable wake) {
        this.ledger = ledger;
        this.orders = orders;
        this.planner = new Planner(chooser);
        this.releasing = new Releasing(planner, spending);
        this.dues = new DueReleases(ledger, order -> release(order, Namespaces.ALL, null));
        this.wake = wake;
    }

    /**
     * Parcels and weights from the pack bench: the order is released with them. The same parcels again change nothing.
     *
     * @throws ProblemException {@code order-not-found}; {@code parcels-being-bought} while a purchase is open, {@code
     *     parcels-frozen} once one was made; {@code order-cancelled}
     */
    public void pack(String orderUid, List<Order.Parcel> parcels, Namespaces scope, @Nullable String actor) {
        change(
                orderUid,
                scope,
                new Act(actor, "order.packed"),
                (tx, order, shipment) -> pack(tx, order, shipment, parcels, actor));
    }

    /** @return false when it was packed so already */
    boolean pack(Tx tx, OrderRow order, ShipmentRow shipment, List<Order.Parcel> parcels, @Nullable String actor) {
        Order before = Stored.order(order.effective());
        Order said = Stored.asked(shipment, before, shipment.parcels() != null);
        if (isSame(said.parcels(), parcels) && shipment.state() != ShipmentState.HELD) {
            return false;
        }
        if (!isOpenForChange(shipment)) {
            throw frozen(order, shipment);
        }
        Order packed = Packed.order(before, parcels);
        Plan plan = planner.plan(Stored.asked(shipment, packed, true), Json.text(parcels), false);
        if (!Pieces.join(tx, shipment)) {
            throw frozen(order, shipment);
        }
        if (!Admission.lookAnew(tx, tx.shipments().of(order.id()), shipment)) {
            throw beingBought(order);
        }
        tx.orders().repack(order, orders.write(packed).toString(), String.valueOf(packed.release()), actor);
        ObjectNode weights = JsonNodeFactory.instance.objectNode().put("weight", weights(parcels));
        restart(tx, order, shipment, plan, "packed", actor, weights);
        tx.exceptions().closeBy(Fact.PACKED, shipment.id());
        return true;
    }

    /** However many zeros a weight is written with. */
    private static boolean isSame(List<Order.Parcel> said, List<Order.Parcel> packed) {
        return Content.diff(Stored.tree(said), Stored.tree(packed)).isEmpty();
    }

    /** {@code 1.2 kg, 300 g}. */
    private static String weights(List<Order.Parcel> parcels) {
        return parcels.stream()
                .map(Order.Parcel::weight)
                .filter(Objects::nonNull)
                .map(weight ->
                        weight.value().toPlainString() + " " + weight.unit().word())
                .collect(Collectors.joining(", "));
    }

    private static ProblemException frozen(OrderRow order, ShipmentRow shipment) {
        boolean isVoidable = !shipment.imported()
                && (shipment.state() == ShipmentState.BOUGHT || shipment.state() == ShipmentState.LABELLED);
        OrderCode code = shipment.state() == ShipmentState.CANCELLED
                ? OrderCode.ORDER_CANCELLED
                : shipment.state().isOpenPurchase() ? OrderCode.PARCELS_BEING_BOUGHT : OrderCode.PARCELS_FROZEN;
        Problem why = Problem.of(code, "orderId", order.orderId(), "status", shipment.word());
        return new ProblemException((isVoidable ? why.with("shipment", shipment.id()) : why).at("/parcels"));
    }

    /** The shipment of an order that an act without further words is about: the first that is not over. */
    static ShipmentRow meant(List<ShipmentRow> shipments) {
        return shipments.stream()
                .filter(row -> !row.state().isOver())
                .findFirst()
                .orElse(shipments.get(0));
    }

    /**
     * Releases an order that is held.
     *
     * @throws ProblemException {@code order-not-found}; {@code order-cancelled}; {@code still-missing} while a weight is
     *     missing; {@code spending-limit} while one holds it
     */
    public void release(String orderUid, Namespaces scope, @Nullable String actor) {
        release(orderUid, scope, new Act(actor, "order.released"), false);
    }

    /** {@link #release}, and past a spending limit that holds the order. */
    public void releasePastLimit(String orderUid, Namespaces scope, @Nullable String actor) {
        release(orderUid, scope, new Act(actor, "order.released"), true);
    }

    private void release(String orderUid, Namespaces scope, Act act, boolean pastLimit) {
        changeAll(
                orderUid,
                scope,
                act,
                (tx, order, shipments) -> releasing.all(tx, order, shipments, act.actor(), pastLimit));
    }

    /**
     * Tries again, in every shipment of the order, what a carrier refused or what could not be bought because its account is
     * gone or broken; looks at once for what is unresolved, for a label to come, for the answer to a void, of an orphan too.
     * Never buys past an open purchase.
     */
    public void retry(String orderUid, Namespaces scope, @Nullable String actor) {
        changeAll(
                orderUid,
                scope,
                new Act(actor, "order.retried"),
                (tx, order, shipments) -> shipments.forEach(shipment -> retry(tx, order, shipment, actor)));
    }

    private void retry(Tx tx, OrderRow order, ShipmentRow shipment, @Nullable String actor) {
        boolean orphans = tx.orphans().askAgain(shipment.id()) > 0;
        boolean retried = orphans;
        switch (shipment.state()) {
            case REVIEW, UNKNOWN -> retried |= tx.purchases().reopen(shipment);
            case BOUGHT, VOIDING -> retried |= tx.shipments().postpone(shipment, Duration.ZERO);
            case REFUSED -> startAgain(tx, order, shipment, actor);
            case READY -> {
                if (tx.exceptions().isOpen(Reason.PURCHASE_FAILED, shipment.id())) {
                    startAgain(tx, order, shipment, actor);
                }
            }
            default -> {}
        }
        if (retried) {
            tx.story().tell(order.id(), shipment.id(), "retried", actor, null);
        }
    }

    /** Its account is chosen anew, for it may be gone; past a spending limit that was lifted for it before. */
    private void startAgain(Tx tx, OrderRow order, ShipmentRow shipment, @Nullable String actor) {
        Plan plan = planner.plan(Stored.order(order, shipment), shipment.parcels(), true);
        boolean lifted = Releasing.LIMIT_LIFTED.equals(shipment.holdReason()) && plan.state() != ShipmentState.HELD;
        restart(tx, order, shipment, lifted ? plan.marked(Releasing.LIMIT_LIFTED) : plan, "retried", actor);
    }

    /**
     * Cancels every shipment that is not over. A label that is being voided to be bought once more is voided only.
     *
     * @throws ProblemException {@code order-being-bought}; {@code label-is-sold} while any other has a label: void it instead
     */
    public void cancel(String orderUid, Namespaces scope, @Nullable String actor) {
        changeAll(
                orderUid,
                scope,
                new Act(actor, CANCELLED),
                (tx, order, shipments) -> Cancelling.all(tx, order, shipments, Cancelling.Cause.of(actor)));
    }

    /**
     * {@link #cancel} of those of these orders of which nothing is bought or being bought, in one transaction; the others go on.
     *
     * @param said hears of each that is called off, within the transaction
     */
    public void callOff(List<String> orderUids, CallingOff.Why why, BiConsumer<Tx, String> said) {
        ledger.commitAll(tx -> orderUids.stream()
                .sorted()
                .flatMap(id -> tx.orders().lock(id, why.scope()).stream())
                .forEach(order -> callOff(tx, order, why, said)));
        wake.run();
    }

    private static void callOff(Tx tx, OrderRow order, CallingOff.Why why, BiConsumer<Tx, String> said) {
        List<ShipmentRow> shipments = tx.shipments().lock(order.id());
        if (isWaiting(shipments)) {
            boolean isMeant = shipments.stream().anyMatch(row -> tx.exceptions().isOpen(Reason.CHANGED_LATE, row.id()));
            Cancelling.all(tx, order, shipments, Cancelling.Cause.of(why, isMeant));
            tx.audit().record(why.by(), CANCELLED, order.id(), order.namespace(), "batch " + why.batch());
            said.accept(tx, order.id());
        }
    }

    /** Something of it is to be bought, and nothing is or may be. */
    private static boolean isWaiting(List<ShipmentRow> shipments) {
        return shipments.stream().allMatch(row -> isOpenForChange(row) || row.state() == ShipmentState.CANCELLED)
                && shipments.stream().anyMatch(row -> isOpenForChange(row) && row.state() != ShipmentState.REFUSED);
    }

    /** Releases what waited for a date that has come, or for the day after one whose spending limit was reached. Called from time to time. */
    public int releaseDue() {
        return dues.release(RELEASED_AT_ONCE);
    }

    /** @param actor who wants it, for the audit log; null for the clock, which stands in no audit log */
    private record Act(@Nullable String actor, String what) {}

    private interface Change {
        void make(Tx tx, OrderRow order, ShipmentRow shipment);
    }

    private interface ChangeOfAll {
        void make(Tx tx, OrderRow order, List<ShipmentRow> shipments);
    }

    /** Of the first shipment that is not over, else of the first. */
    private void change(String orderUid, Namespaces scope, Act act, Change change) {
        changeAll(orderUid, scope, act, (tx, order, shipments) -> change.make(tx, order, meant(shipments)));
    }

    private void changeAll(String orderUid, Namespaces scope, Act act, ChangeOfAll change) {
        ledger.commitAll(tx -> {
            OrderRow order = tx.orders()
                    .lock(orderUid, scope)
                    .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", orderUid)));
            List<ShipmentRow> shipments = tx.shipments().of(order.id());
            if (shipments.isEmpty()) {
                throw new ProblemException(Problem.of(IntakeCode.NO_SHIPMENT, "orderId", order.orderId()));
            }
            change.make(tx, order, shipments);
            if (act.actor() != null) {
                tx.audit().record(act.actor(), act.what(), order.id(), order.namespace(), null);
            }
        });
        wake.run();
    }

    static void restart(Tx tx, OrderRow order, ShipmentRow shipment, Plan plan, String what, @Nullable String actor) {
        restart(tx, order, shipment, plan, what, actor, JsonNodeFactory.instance.objectNode());
    }

    private static void restart(
            Tx tx,
            OrderRow order,
            ShipmentRow shipment,
            Plan plan,
            String what,
            @Nullable String actor,
            ObjectNode detail) {
        if (!tx.plans().beginAgain(shipment, plan)) {
            throw beingBought(order);
        }
        detail.put("waitingFor", plan.waitingFor());
        tx.story().tell(order.id(), shipment.id(), what, actor, detail.toString());
    }

    /** A buyer took the shipment between our look at it and our change. */
    static ProblemException beingBought(OrderRow order) {
        return new ProblemException(Problem.of(OrderCode.ORDER_BEING_BOUGHT, "orderId", order.orderId(), "seconds", 5));
    }

    /** Whether whatever of an order is not over may be changed. */
    static boolean isAllOpenForChange(List<ShipmentRow> shipments) {
        return shipments.stream().filter(row -> !row.state().isOver()).allMatch(Desk::isOpenForChange);
    }

    static boolean isOpenForChange(ShipmentRow shipment) {
        return switch (shipment.state()) {
            case HELD, CHOOSING, READY, REFUSED -> true;
            default -> false;
        };
    }
}
