package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.dispatch.AfterRestore.Subject;
import io.waybill.dispatch.ForgottenSales.Forgotten;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.RestoreBook.Result;
import io.waybill.ledger.ShipmentRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into a restored ledger what was bought before, or what a person must decide. */
record Adopting(Ledger ledger, Recording recording, Duration lease, String node) {
    private static final Logger LOG = LoggerFactory.getLogger(Adopting.class);

    /** The newest is the one that counts; what else was sold is an orphan. */
    void adopt(Subject about, List<Forgotten> sales, Prepared prepared) {
        ShipmentRow row = about.row();
        Forgotten chosen = sales.get(0);
        AttemptRow attempt = attempt(chosen.account(), row, chosen.ref(), chosen.attempt(), prepared.bytes());
        if (!claim(about, attempt, chosen.account(), Result.FOUND)) {
            return;
        }
        LOG.info("Found {} at {}: it was bought before the restore", attempt.ref(), attempt.account());
        recording.bought(chosen.account(), attempt, attempt.fence(), chosen.bought());
        for (Forgotten other : sales.subList(1, sales.size())) {
            AttemptRow more = attempt(other.account(), row, other.ref(), other.attempt(), new byte[0]);
            ledger.commitAll(tx ->
                    tx.attempts().open(more, about.buyer(), about.restore().id()));
            recording.bought(other.account(), more, row.fence(), other.bought());
        }
    }

    void askPerson(Subject about, Account account, Prepared prepared, String why) {
        ShipmentRow row = about.row();
        AttemptRow attempt = attempt(account, row, prepared.ref(), row.attempts() + 1, prepared.bytes());
        if (claim(about, attempt, account, Result.REVIEW)) {
            recording.review(attempt, attempt.fence(), DispatchCode.PURCHASE_AFTER_RESTORE, why);
        }
    }

    /** Opens an attempt that this hub never sends: it is what an adopted sale, or a person's decision, is written on. */
    private boolean claim(Subject about, AttemptRow attempt, Account account, Result result) {
        return ledger.commit(tx -> {
            if (!tx.restores().claimAs(attempt, about.row(), account.carrierId(), node, lease)) {
                return false;
            }
            tx.attempts().open(attempt, about.buyer(), about.restore().id());
            tx.restores().lookedUp(about.restore().id(), about.row().id(), result);
            return true;
        });
    }

    private static AttemptRow attempt(Account account, ShipmentRow row, Ref ref, int number, byte[] request) {
        return new AttemptRow(
                ref.value(),
                row.id(),
                number,
                ref.purchaseKey().toString(),
                ref.orderNumber(),
                account.name(),
                row.fence() + 1,
                "SENDING",
                request,
                null,
                Instant.EPOCH,
                null);
    }
}
