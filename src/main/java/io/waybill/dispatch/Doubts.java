package io.waybill.dispatch;

import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Claims of this process whose commit failed and may have reached the disk all the same. Nothing was sent under one: every
 * request a buyer sends has its ref here from before its claim until what came of it is on record, and a ref has one
 * worker at a time. So where the ledger says that this process is buying, and no worker is, nobody is. What is bought in the
 * commit that takes it in, or sent again by recovery, is never ready under its ref, so no buyer has it; where that commit
 * failed, whoever would have sent it says so.
 */
final class Doubts {
    private static final byte[] NO_ANSWER = {};
    private static final String WHY = "nobody knew whether its claim was on disk, so nothing was sent";

    private final Ledger ledger;
    private final String node;
    private final Insisting insisting;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    /** @param node this process: no other has, or ever had, its name */
    Doubts(Ledger ledger, String node, Insisting insisting) {
        this.ledger = ledger;
        this.node = node;
        this.insisting = insisting;
    }

    /** @return false when a worker has it, or had it and could not write down what came of it */
    boolean begin(AttemptRow attempt) {
        return begun.add(attempt.ref());
    }

    /** It was not claimed, or what came of it is on record. */
    void end(AttemptRow attempt) {
        begun.remove(attempt.ref());
    }

    /** By the worker that has it and will not send it: ready again, if the ledger has its claim. Waits for a database that is gone. */
    void giveBack(AttemptRow attempt) {
        Outcome unsent = new Outcome.NotSent(WHY, Optional.empty(), NO_ANSWER);
        insisting.write(
                attempt,
                unsent,
                () -> ledger.commitAll(tx -> tx.shipments()
                        .find(attempt.shipmentUid(), Namespaces.ALL)
                        .filter(row -> isOurs(row, attempt))
                        .filter(row ->
                                tx.purchases().settle(row.id(), row.fence(), ShipmentState.READY, Duration.ZERO, null))
                        .ifPresent(row -> tx.attempts().settle(attempt.ref(), "NOT_SENT", NO_ANSWER, WHY, null))));
    }

    private boolean isOurs(ShipmentRow row, AttemptRow attempt) {
        return row.state() == ShipmentState.BUYING && node.equals(row.owner()) && row.fence() == attempt.fence();
    }
}
