package io.waybill.dispatch;

import io.waybill.carrier.Accounts;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person wants given back or cancelled: the wish is on disk before {@link VoidCalls} asks the carrier. */
final class Voiding {
    /** In the audit log; whether the carrier takes the label back is in the order's story. */
    private static final String VOID_REQUESTED = "label.void-requested";

    private final Ledger ledger;
    private final Accounts accounts;
    private final VoidCalls calls;

    Voiding(Ledger ledger, Accounts accounts, VoidCalls calls) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.calls = calls;
    }

    /**
     * Gives one label back. What is not bought yet, or was refused, beside others of its order is cancelled.
     *
     * @throws ProblemException {@code shipment-not-found}, {@code nothing-to-void}, {@code order-being-bought},
     *     {@code void-not-offered}, {@code void-refused}
     */
    void cancel(String shipment, Namespaces scope, @Nullable String actor) {
        ShipmentRow row = find(shipment, scope);
        if (row.imported()) {
            throw new ProblemException(Problem.of(DispatchCode.BOUGHT_ELSEWHERE, "id", shipment));
        }
        if (row.state() == ShipmentState.VOIDED || (row.state() == ShipmentState.CANCELLED && row.isFurther())) {
            return;
        }
        if (row.state() == ShipmentState.VOIDING) {
            ledger.commitAll(tx -> onItsWay(tx, row, actor));
            return;
        }
        if (row.state().isOpenForChange()) {
            ledger.commitAll(tx -> giveUpOne(tx, row, actor));
            return;
        }
        if (row.state() != ShipmentState.LABELLED && row.state() != ShipmentState.BOUGHT) {
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_VOID, "id", shipment, "state", row.word()));
        }
        calls.requireOffered(row);
        if (ledger.<Boolean>commit(tx -> requestOne(tx, row, actor))) {
            calls.askNow(shipment);
        } else {
            cancel(shipment, scope, actor); // by what it is now: whoever was quicker asks the carrier, once
        }
    }

    private boolean requestOne(Tx tx, ShipmentRow row, @Nullable String actor) {
        OrderRow order = Recording.lock(tx, row);
        boolean requested = request(tx, row, false, actor);
        if (requested && actor != null) {
            tx.audit().record(actor, VOID_REQUESTED, row.id(), order.namespace(), null);
        }
        return requested;
    }

    /** A further label, or a parcel of its own, that is not bought. The only shipment of an order goes with the order. */
    private static void giveUpOne(Tx tx, ShipmentRow row, @Nullable String actor) {
        OrderRow order = Recording.lock(tx, row);
        boolean isBesideOthers = tx.shipments().of(order.id()).stream()
                .anyMatch(other -> !other.id().equals(row.id()) && other.state().isSold());
        if (!isBesideOthers) {
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_VOID, "id", row.id(), "state", row.word()));
        }
        if (!giveUp(tx, row, actor)) {
            throw beingBought(order);
        }
        if (actor != null) {
            tx.audit().record(actor, "shipment.cancelled", row.id(), order.namespace(), null);
        }
    }

    /** On its way back already: what was to be bought in its place is not. */
    private static void onItsWay(Tx tx, ShipmentRow row, @Nullable String actor) {
        OrderRow order = Recording.lock(tx, row);
        if (giveBackOnly(tx, row, actor) && actor != null) {
            tx.audit().record(actor, VOID_REQUESTED, row.id(), order.namespace(), null);
        }
    }

    /** @return false when nothing was going to be bought in its place */
    private static boolean giveBackOnly(Tx tx, ShipmentRow row, @Nullable String actor) {
        if (!tx.voids().noRebuy(row)) {
            return false;
        }
        tx.story().tell(row.orderUid(), row.id(), "void requested", actor, null);
        return true;
    }

    /**
     * Gives back every label of an order, and cancels what of it is not bought yet. Nothing is done where all are given back already.
     *
     * @throws ProblemException {@code order-not-found}, {@code order-being-bought} while the outcome of a purchase is not known,
     *     {@code nothing-to-void}, {@code void-not-offered}; {@code void-refused} of each that its carrier refuses
     */
    void cancelAll(String orderUid, Namespaces scope, @Nullable String actor) {
        List<String> asked = ledger.commit(tx -> requestAll(tx, orderUid, scope, actor));
        List<Problem> refused =
                asked.stream().flatMap(shipment -> calls.ask(shipment).stream()).toList();
        if (!refused.isEmpty()) {
            throw new ProblemException(refused);
        }
    }

    private List<String> requestAll(Tx tx, String orderUid, Namespaces scope, @Nullable String actor) {
        OrderRow order = tx.orders().lockNamed(orderUid, scope);
        List<ShipmentRow> all = tx.shipments().of(order.id());
        List<ShipmentRow> onTheirWay =
                all.stream().filter(row -> giveBackOnly(tx, row, actor)).toList();
        List<ShipmentRow> live = all.stream()
                .filter(row -> !row.imported() && !row.state().isOver() && row.state() != ShipmentState.VOIDING)
                .toList();
        List<ShipmentRow> sold =
                live.stream().filter(row -> row.state().isSold()).toList();
        if (live.stream().anyMatch(row -> row.state().isOpenPurchase())) {
            throw beingBought(order);
        }
        if (live.isEmpty() && onTheirWay.isEmpty() && all.stream().anyMatch(Voiding::isGivenBack)) {
            return List.of();
        }
        if (sold.isEmpty() && onTheirWay.isEmpty()) {
            String state = ShipmentState.wordOf(all);
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_VOID, "id", order.id(), "state", state));
        }
        sold.forEach(calls::requireOffered);
        for (ShipmentRow row : live) {
            boolean done = row.state().isSold() ? request(tx, row, false, actor) : giveUp(tx, row, actor);
            if (!done) {
                throw beingBought(order);
            }
        }
        if (actor != null) {
            tx.audit().record(actor, "order.voided", order.id(), order.namespace(), null);
        }
        return sold.stream().map(ShipmentRow::id).toList();
    }

    private static boolean isGivenBack(ShipmentRow row) {
        return row.state() == ShipmentState.VOIDED || row.state() == ShipmentState.VOIDING;
    }

    private static boolean giveUp(Tx tx, ShipmentRow row, @Nullable String actor) {
        tx.exceptions().closeBy(Fact.CANCELLED, row.id());
        tx.story().tell(row.orderUid(), row.id(), "cancelled", actor, null);
        tx.shipments().unquote(row.id());
        return tx.shipments().move(row, ShipmentState.CANCELLED, null);
    }

    static ProblemException beingBought(OrderRow order) {
        return new ProblemException(OrderCode.beingBought(order.orderId()));
    }

    /**
     * Writes the wish, with the order's row locked.
     *
     * @return false when the shipment changed meanwhile
     */
    boolean request(Tx tx, ShipmentRow row, boolean rebuy, @Nullable String actor) {
        if (!tx.voids().request(row, rebuy, VoidCalls.ASK_AGAIN)) {
            return false;
        }
        tx.story().tell(row.orderUid(), row.id(), "void requested", actor, null);
        OrderRow order = tx.orders().find(row.orderUid(), Namespaces.ALL).orElseThrow();
        Refunds.ofLabel(tx, accounts, order, row).ifPresent(Refunds::requested);
        return true;
    }

    private ShipmentRow find(String shipment, Namespaces scope) {
        return ledger.read(tx -> tx.shipments().find(shipment, scope))
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.SHIPMENT_NOT_FOUND, "id", shipment)));
    }
}
