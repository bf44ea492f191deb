package io.waybill.intake;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waited for a time is released when it has come; one that cannot be makes room for the others. */
final class DueReleases {
    private static final Logger LOG = LoggerFactory.getLogger(DueReleases.class);
    private static final Duration RELEASE_AGAIN = Duration.ofMinutes(10);
    private static final Duration UNTIL_WOKEN = Duration.ofDays(3650);

    private final Ledger ledger;
    private final Consumer<String> release;

    /** @param release takes the order; throws a {@link ProblemException} while something else holds it */
    DueReleases(Ledger ledger, Consumer<String> release) {
        this.ledger = ledger;
        this.release = release;
    }

    /** @return how many shipments were due, at most {@code limit} of each reason */
    int release(int limit) {
        wakeWhereLabelsAreOn();
        List<ShipmentRow> due = ledger.read(tx -> tx.due().heldUntilNow(limit));
        due.forEach(this::releaseOne);
        return due.size();
    }

    /** However they were switched on: by a person, or by settings a hub has read anew. */
    private void wakeWhereLabelsAreOn() {
        Set<String> waiting = ledger.read(tx -> {
            Set<String> held = new HashSet<>(tx.rollout().heldByStage().keySet());
            held.removeAll(tx.rollout().off(Stage.LABELS));
            return held;
        });
        if (!waiting.isEmpty()) {
            ledger.commitAll(tx -> waiting.forEach(namespace -> tx.rollout().wake(namespace, Stage.LABELS)));
        }
    }

    private void releaseOne(ShipmentRow row) {
        try {
            release.accept(row.orderUid());
        } catch (ProblemException e) {
            if (e.problems().get(0).code().equals(IntakeCode.LABELS_OFF.code())) {
                ledger.commitAll(tx -> tx.shipments().postpone(row, UNTIL_WOKEN)); // they were switched off again
                return;
            }
            LOG.warn("{} has come to its date and cannot be released: {}", row.orderUid(), e.getMessage());
            ledger.commitAll(tx -> stuck(tx, row, e.problems()));
        }
    }

    /** It makes room for the others, and a person is told. */
    private static void stuck(Tx tx, ShipmentRow row, List<Problem> problems) {
        OrderRow order = tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
        if (tx.shipments().postpone(row, RELEASE_AGAIN)) {
            tx.exceptions()
                    .open(
                            Reason.RELEASE_STUCK,
                            row.id(),
                            order.namespace(),
                            order,
                            row.id(),
                            order.source(),
                            Json.text(problems));
        }
    }
}
