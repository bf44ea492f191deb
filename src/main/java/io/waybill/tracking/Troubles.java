package io.waybill.tracking;

import io.waybill.ledger.Fact;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TrackingBook;
import io.waybill.ledger.TrackingBook.Event;
import io.waybill.ledger.TrackingBook.Step;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Journeys a person must look after: the carrier holds the parcel, failed to hand it over or sends it back, or tells nothing. */
final class Troubles {
    static final String SENT_BACK = "return_to_sender";
    private static final Set<String> STUCK = Set.of("on_hold", "delivery_failed", SENT_BACK);
    private static final Map<String, Fact> SETTLED = Map.of(
            "out_for_delivery",
            Fact.OUT_FOR_DELIVERY,
            "ready_for_pickup",
            Fact.OUT_FOR_DELIVERY,
            "delivered",
            Fact.DELIVERED,
            TrackingBook.HOME,
            Fact.RETURNED,
            "cancelled",
            Fact.CANCELLED);

    /** A carrier may be away for a while; only who fails so often in a row is worth a person's time. */
    private static final int TELL_AFTER = 3;

    private static final int LONGEST_WHY = 400;

    private final Ledger ledger;

    /** How often in a row, of this run. */
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();

    Troubles(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * An event of one parcel, which need not move the shipment: it is stuck while any of its parcels is.
     *
     * @param event {@link TrackingBook#HOME} where its parcel is with its sender again by it
     * @param step what came of it
     */
    static void told(Tx tx, OrderRow order, Moving shipment, Event event, Step step) {
        Fact settled = SETTLED.get(event.status());
        if (settled != null) {
            settled(tx, shipment, settled, step);
        } else if (STUCK.contains(event.status())
                && !isGivenBack(tx, shipment)
                && isStuck(event, Parcels.of(tx, shipment.id()))) {
            stuck(tx, order, shipment, event);
        } else if (event.status().equals(SENT_BACK)) { // by which a delivery told before may be the one to its sender
            settledUnlessStuck(tx, shipment, Fact.RETURNED);
        }
    }

    /** Nobody waits for a parcel of such a label, whoever scans it. */
    private static boolean isGivenBack(Tx tx, Moving shipment) {
        return tx.shipments()
                .find(shipment.id(), Namespaces.ALL)
                .filter(row -> row.state() == ShipmentState.VOIDED)
                .isPresent();
    }

    /**
     * What was known to be over when it was told troubles nobody, nor does what follows a delivery; a parcel that is sent back stays so
     * while it goes on, and after its delivery too.
     */
    private static boolean isStuck(Event event, Parcels parcels) {
        return event.status().equals(SENT_BACK) ? parcels.isSentBack(event, SETTLED.keySet()) : parcels.isNewest(event);
    }

    private static void settled(Tx tx, Moving shipment, Fact settled, Step step) {
        boolean over = step == Step.MOVED && settled != Fact.OUT_FOR_DELIVERY;
        if (over) {
            tx.exceptions().closeBy(settled, shipment.id());
        } else {
            settledUnlessStuck(tx, shipment, settled);
        }
    }

    private static void settledUnlessStuck(Tx tx, Moving shipment, Fact settled) {
        if (tx.exceptions().isOpen(Reason.PARCEL_STUCK, shipment.id())
                && !Parcels.of(tx, shipment.id()).anyIs(STUCK, SETTLED.keySet())) {
            tx.exceptions().close(Reason.PARCEL_STUCK, settled, shipment.id());
        }
    }

    private static void stuck(Tx tx, OrderRow order, Moving shipment, Event event) {
        Problem problem = Problem.of(
                TrackingCode.PARCEL_STUCK,
                "account",
                shipment.account(),
                "trackingNumber",
                event.trackingNumber(),
                "status",
                event.status(),
                "code",
                event.code());
        open(tx, Reason.PARCEL_STUCK, order, shipment, problem);
    }

    /** Nothing moved for long: a lost parcel, or a label nobody handed over. */
    static void still(Tx tx, Moving shipment) {
        if (tx.exceptions().isOpen(Reason.PARCEL_STILL, shipment.id())) {
            return;
        }
        Problem problem = Problem.of(
                TrackingCode.PARCEL_STILL,
                "account",
                shipment.account(),
                "days",
                shipment.quiet().toDays(),
                "status",
                shipment.status() == null ? "pending" : shipment.status());
        OrderRow order = tx.orders().lock(shipment.orderUid(), Namespaces.ALL).orElseThrow();
        open(tx, Reason.PARCEL_STILL, order, shipment, problem);
    }

    boolean failedBefore(Moving shipment) {
        return failed.containsKey(shipment.id());
    }

    void followed(Moving shipment) {
        failed.remove(shipment.id());
    }

    /** Asked again after {@code wait}; after a few times in a row a person is told. */
    void unfollowed(Moving shipment, Page.Untold untold, Duration wait) {
        int times = failed.merge(shipment.id(), 1, Integer::sum);
        ledger.commitAll(tx -> {
            if (times >= TELL_AFTER) {
                untold(tx, shipment, untold, times);
            }
            tx.journeys().next(shipment.id(), wait);
        });
    }

    /** Locks the order before its shipment is written, as whoever is told something of it does. */
    private static void untold(Tx tx, Moving shipment, Page.Untold untold, int times) {
        Problem problem = Problem.of(
                TrackingCode.TRACKING_FAILED,
                "account",
                shipment.account(),
                "times",
                times,
                "numbers",
                String.join(", ", untold.numbers()),
                "why",
                Shortened.to(LONGEST_WHY, untold.why()));
        OrderRow order = tx.orders().lock(shipment.orderUid(), Namespaces.ALL).orElseThrow();
        open(tx, Reason.TRACKING_FAILED, order, shipment, problem);
    }

    private static void open(Tx tx, Reason reason, OrderRow order, Moving shipment, Problem problem) {
        tx.exceptions()
                .open(
                        reason,
                        shipment.id(),
                        order.namespace(),
                        order,
                        shipment.id(),
                        order.source(),
                        Json.text(List.of(problem)));
    }
}
