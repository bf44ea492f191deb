package io.waybill.intake;

import io.waybill.access.Spending;
import io.waybill.batch.CallingOff;
import io.waybill.carrier.Chooser;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a person or the pack bench does with an order that is in: pack, release, retry, cancel. Each is one transaction;
 * an order outside the caller's namespaces does not exist.
 */
public final class Desk {
    /** How many {@link #releaseDue} takes of each reason in one turn: as many, or more, may mean that there are more. */
    public static final int RELEASED_AT_ONCE = 100;

    private final Ledger ledger;
    private final PackBench bench;
    private final TryingAgain again;
    private final Releasing releasing;
    private final DueReleases dues;
    private final Runnable wake;

    public Desk(Ledger ledger, Orders orders, Chooser chooser, Spending spending, Runnable wake) {
        this.ledger = ledger;
        Planner planner = new Planner(chooser);
        this.bench = new PackBench(orders, planner);
        this.again = new TryingAgain(planner);
        this.releasing = new Releasing(planner, spending);
        this.dues = new DueReleases(ledger, order -> release(order, Namespaces.ALL, null));
        this.wake = wake;
    }

    PackBench bench() {
        return bench;
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
                actor,
                "order.packed",
                (tx, order, shipments) -> bench.pack(tx, order, meant(shipments), parcels, actor));
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
        release(orderUid, scope, actor, false);
    }

    /** {@link #release}, and past a spending limit that holds the order. */
    public void releasePastLimit(String orderUid, Namespaces scope, @Nullable String actor) {
        release(orderUid, scope, actor, true);
    }

    private void release(String orderUid, Namespaces scope, @Nullable String actor, boolean pastLimit) {
        change(
                orderUid,
                scope,
                actor,
                "order.released",
                (tx, order, shipments) -> releasing.all(tx, order, shipments, actor, pastLimit));
    }

    /**
     * Tries again, in every shipment of the order, what a carrier refused or what could not be bought because its account is
     * gone or broken; looks at once for what is unresolved, for a label to come, for the answer to a void, of an orphan too.
     * Never buys past an open purchase.
     */
    public void retry(String orderUid, Namespaces scope, @Nullable String actor) {
        change(
                orderUid,
                scope,
                actor,
                "order.retried",
                (tx, order, shipments) -> shipments.forEach(shipment -> again.of(tx, order, shipment, actor)));
    }

    /**
     * Cancels every shipment that is not over. A label that is being voided to be bought once more is voided only.
     *
     * @throws ProblemException {@code order-being-bought}; {@code label-is-sold} while any other has a label: void it instead; {@code
     *     rest-called-off} where beside that something was not bought yet: it is called off by then, as it is beside what is being bought
     */
    public void cancel(String orderUid, Namespaces scope, @Nullable String actor) {
        List<Problem> late = new ArrayList<>();
        change(orderUid, scope, null, Cancelling.CANCELLED, (tx, order, shipments) -> {
            late.clear();
            Cancelling.rest(tx, order, shipments, actor).ifPresent(late::add);
            if (late.isEmpty()) {
                Cancelling.all(tx, order, shipments, Cancelling.Cause.of(actor));
            }
            if (actor != null) {
                String which = late.isEmpty() ? null : "what was not bought yet";
                tx.audit().record(actor, Cancelling.CANCELLED, order.id(), order.namespace(), which);
            }
        });
        if (!late.isEmpty()) {
            throw new ProblemException(late);
        }
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
                .forEach(order -> {
                    if (StoppedSheet.callOff(tx, order, why)) {
                        said.accept(tx, order.id());
                    }
                }));
        wake.run();
    }

    /** Releases what waited for a date that has come, or for the day after one whose spending limit was reached. Called from time to time. */
    public int releaseDue() {
        return dues.release(RELEASED_AT_ONCE);
    }

    private interface Change {
        void make(Tx tx, OrderRow order, List<ShipmentRow> shipments);
    }

    /** @param actor who wants it, for the audit log; null for the clock, which stands in no audit log */
    private void change(String orderUid, Namespaces scope, @Nullable String actor, String act, Change change) {
        ledger.commitAll(tx -> {
            OrderRow order = tx.orders().lockNamed(orderUid, scope);
            List<ShipmentRow> shipments = tx.shipments().of(order.id());
            if (shipments.isEmpty()) {
                throw new ProblemException(Problem.of(IntakeCode.NO_SHIPMENT, "orderId", order.orderId()));
            }
            change.make(tx, order, shipments);
            if (actor != null) {
                tx.audit().record(actor, act, order.id(), order.namespace(), null);
            }
        });
        wake.run();
    }
}
