package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.dispatch.AfterRestore.Subject;
import io.waybill.dispatch.ForgottenSales.Forgotten;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.RestoreBook.Result;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.FieldChange;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
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
        List<Forgotten> others = sales.subList(1, sales.size());
        boolean isMine = ledger.commit(tx -> {
            OrderRow order = Recording.order(tx, attempt);
            if (!claim(tx, about, attempt, chosen.account(), Result.FOUND, attempts(row, others))) {
                return false;
            }
            tellChanged(tx, about, order, chosen);
            return true;
        });
        if (!isMine) {
            return;
        }
        LOG.info("Found {} at {}: it was bought before the restore", attempt.ref(), attempt.account());
        recording.bought(chosen.account(), attempt, attempt.fence(), chosen.bought());
        for (Forgotten other : others) {
            recording.bought(other.account(), attempt(row, other), row.fence(), other.bought());
        }
    }

    void askPerson(Subject about, Account account, Prepared prepared, String why) {
        ShipmentRow row = about.row();
        AttemptRow attempt = attempt(account, row, prepared.ref(), row.attempts() + 1, prepared.bytes());
        if (ledger.commit(tx -> claim(tx, about, attempt, account, Result.REVIEW, List.of()))) {
            recording.unsettled().review(attempt, attempt.fence(), DispatchCode.PURCHASE_AFTER_RESTORE, why);
        }
    }

    /**
     * Opens an attempt that this hub never sends: it is what an adopted sale, or a person's decision, is written on.
     *
     * @param others what else was sold, in the same commit: wherever the hub stops from now on, recovery or the audit finds it
     */
    private boolean claim(
            Tx tx, Subject about, AttemptRow attempt, Account account, Result result, List<AttemptRow> others) {
        if (!tx.restores().claimAs(attempt, about.row(), account.carrierId(), node, lease)) {
            return false;
        }
        others.forEach(other -> note(tx, about, attempt, other));
        tx.attempts().open(attempt, about.buyer(), about.restore().id());
        tx.restores().lookedUp(about.restore().id(), about.row().id(), result);
        return true;
    }

    /** A look-up tells that something was sold, and hardly ever as what: what was changed since the restore may be missing from its label. */
    private static void tellChanged(Tx tx, Subject about, OrderRow order, Forgotten chosen) {
        String before = tx.revisions().saidAt(order, about.restore().restoredAt());
        String now = tx.revisions().said(order);
        List<FieldChange> changes = Content.diff(Json.kept(before), Json.kept(now));
        if (!changes.isEmpty()) {
            Problem problem = Problem.of(
                    OrderCode.BOUGHT_BEFORE_CHANGE,
                    "number",
                    chosen.bought().id().value(),
                    "account",
                    chosen.account().name(),
                    "orderId",
                    order.orderId(),
                    "fields",
                    FieldChange.told(changes));
            Recording.open(
                    tx,
                    Reason.CHANGED_LATE,
                    about.row().id(),
                    order,
                    about.row().id(),
                    problem);
        }
    }

    /** A ref is one attempt, also when two accounts know it. */
    private static void note(Tx tx, Subject about, AttemptRow chosen, AttemptRow other) {
        if (other.ref().equals(chosen.ref()) || tx.attempts().find(other.ref()).isPresent()) {
            return;
        }
        tx.attempts().open(other, about.buyer(), about.restore().id());
        tx.attempts().settle(other.ref(), "NOT_FOUND", new byte[0], null, null);
        ShipmentRow claimed =
                tx.shipments().find(other.shipmentUid(), Namespaces.ALL).orElseThrow();
        tx.sweep().schedule(claimed, tx.now());
    }

    private static List<AttemptRow> attempts(ShipmentRow row, List<Forgotten> sales) {
        return sales.stream().map(sale -> attempt(row, sale)).toList();
    }

    private static AttemptRow attempt(ShipmentRow row, Forgotten sale) {
        return attempt(sale.account(), row, sale.ref(), sale.attempt(), new byte[0]);
    }

    private static AttemptRow attempt(Account account, ShipmentRow row, Ref ref, int number, byte[] request) {
        return new AttemptRow(
                ref.value(),
                row.id(),
                number,
                ref.purchaseKey().toString(),
                ref.orderNumber(),
                account.name(),
                account.carrierId(),
                row.fence() + 1,
                "SENDING",
                request,
                null,
                Instant.EPOCH);
    }
}
