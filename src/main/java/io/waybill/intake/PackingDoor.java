package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.order.Packing;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The door for what a WMS packed and weighed, {@code packing/1}: it releases the order as {@code PUT parcels} does. */
public final class PackingDoor implements Intake.Door {
    private final Intake intake;
    private final Orders orders;
    private final PackBench bench;
    private final Sources sources;

    public PackingDoor(Intake intake, Orders orders, Desk desk, Sources sources) {
        this.intake = intake;
        this.orders = orders;
        this.bench = desk.bench();
        this.sources = sources;
    }

    @Override
    public Function<Tx, Taken> work(Submission submission) {
        Packing packing = orders.readPacking(submission.canonical());
        String orderId = packing.orderId();
        if (orderId == null) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "orderId").at("/orderId"));
        }
        String namespace = sources.get(submission.source()).namespace();
        return tx -> pack(tx, submission, namespace, orderId, packing.parcels());
    }

    /** What came before its order is kept as rejected and can be tried again once the order is there. */
    private Taken pack(Tx tx, Submission submission, String namespace, String orderId, List<Order.Parcel> parcels) {
        Optional<OrderRow> found = tx.orders().lock(namespace, orderId);
        List<ShipmentRow> shipments =
                found.map(order -> tx.shipments().lock(order.id())).orElse(List.of());
        if (found.isEmpty() || shipments.isEmpty()) {
            return intake.keepBeside(
                    tx,
                    submission,
                    orderId,
                    List.of(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", orderId).at("/orderId")));
        }
        OrderRow order = found.get();
        try {
            boolean news = bench.pack(tx, order, Desk.meant(shipments), parcels, submission.actor());
            intake.answeredBeside(tx, submission, order);
            return new Taken(news ? Result.ACCEPTED : Result.DUPLICATE, order.id(), orderId, List.of());
        } catch (ProblemException no) {
            return new Taken(Result.CONFLICT, order.id(), orderId, no.problems());
        }
    }
}
