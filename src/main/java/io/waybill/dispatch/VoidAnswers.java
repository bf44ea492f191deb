package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a label by its carrier's answer to a void. */
final class VoidAnswers {
    /** A carrier that took the wish and decides later may take days. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Duration patience;
    private final ConfirmedVoid confirmed;

    /** @param patience how long a void may have no answer before a person is told */
    VoidAnswers(Ledger ledger, Accounts accounts, Duration patience) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.patience = patience;
        this.confirmed = new ConfirmedVoid(accounts);
    }

    /** @return the problem the carrier refused it with */
    Optional<Problem> record(ShipmentRow row, AttemptRow sale, Voided answer) {
        if (answer instanceof Voided.Done done) {
            ledger.commitAll(tx -> confirmed.record(tx, row, sale, done.refund()));
        } else if (answer instanceof Voided.Refused no && no.reason().equals("label_already_voided")) {
            ledger.commitAll(tx -> confirmed.record(tx, row, sale, null));
        } else if (answer instanceof Voided.Refused no) {
            return Optional.of(refused(row, sale, no));
        } else if (answer instanceof Voided.Pending pending) {
            ledger.commitAll(tx -> pending(tx, row, pending));
        } else if (answer instanceof Voided.Unknown unknown) {
            ledger.commitAll(tx -> unanswered(tx, row, unknown.why()));
        }
        return Optional.empty();
    }

    /** Asked again; the label may be good, and whatever is to be bought in its place waits, so a person is told when that lasts. */
    private void unanswered(Tx tx, ShipmentRow row, String why) {
        OrderRow order = Recording.lock(tx, row);
        if (tx.shipments().postpone(row, VoidCalls.ASK_AGAIN)) {
            tellWhenOverdue(tx, order, row, why);
        }
    }

    private void tellWhenOverdue(Tx tx, OrderRow order, ShipmentRow row, String why) {
        if (!isOverdue(tx, row) || isDelivered(tx, row) || tx.exceptions().isOpen(Reason.VOID_REFUSED, row.id())) {
            return;
        }
        Problem problem = Problem.of(
                DispatchCode.VOID_UNANSWERED,
                "account",
                String.valueOf(row.account()),
                "id",
                row.id(),
                "minutes",
                patience.toMinutes(),
                "why",
                Recording.words(tx, order, why));
        Recording.open(tx, Reason.VOID_REFUSED, row.id(), order, row.id(), problem);
    }

    private boolean isOverdue(Tx tx, ShipmentRow row) {
        return tx.refunds()
                .find(String.valueOf(row.account()), String.valueOf(row.carrierShipment()))
                .filter(asked -> asked.requestedAt().plus(patience).isBefore(tx.now()))
                .isPresent();
    }

    /** Days are no trouble but where another label is to be bought after it: then a parcel waits. */
    private void pending(Tx tx, ShipmentRow row, Voided.Pending pending) {
        OrderRow order = Recording.lock(tx, row);
        if (!tx.shipments().postpone(row, LOOK_AGAIN)) {
            return;
        }
        Refunds.ofLabel(tx, accounts, order, row)
                .ifPresent(refund -> refund.pending(Recording.words(tx, order, pending.words())));
        if (now(tx, row).filter(ShipmentRow::rebuy).isPresent()) {
            tellWhenOverdue(tx, order, row, "the carrier decides later: " + pending.words());
        }
    }

    /** Back to where it stood, with the carrier's words for a person; nothing where another asker heard otherwise meanwhile. */
    private Problem refused(ShipmentRow row, AttemptRow sale, Voided.Refused no) {
        ledger.commitAll(tx -> {
            OrderRow order = Recording.lock(tx, row);
            String words = Recording.words(tx, order, no.words());
            Problem problem = problem(row, no, words);
            Optional<Refunds> asked = Refunds.ofLabel(tx, accounts, order, row);
            if (isUnheardOf(row, no) && tx.voids().neverSold(row, sale.ref())) {
                tx.numbers().replaceAll(row.id());
                tx.exceptions().close(Reason.LABEL_OVERDUE, Fact.VOIDED, row.id());
                tx.exceptions().close(Reason.LABEL_GONE, Fact.VOIDED, row.id());
                Recording.open(tx, Reason.PURCHASE_UNRESOLVED, row.id(), order, row.id(), problem);
            } else if (!tx.voids().refused(row, VoidCalls.ASK_AGAIN)) {
                return;
            } else if (!isDelivered(tx, row)) {
                Recording.open(tx, Reason.VOID_REFUSED, row.id(), order, row.id(), problem);
            }
            asked.ifPresent(refund -> refund.refused(no.reason(), words));
            ObjectNode detail = JsonNodeFactory.instance
                    .objectNode()
                    .put("reason", no.reason())
                    .put("words", words);
            tx.story().tell(row.orderUid(), row.id(), "void refused", null, detail.toString());
        });
        return problem(row, no, no.words());
    }

    /** A label the carrier does not know may be void, by a request whose answer was lost: nobody is to use it unlooked at. */
    private static Problem problem(ShipmentRow row, Voided.Refused no, String words) {
        Problem said = Problem.of(DispatchCode.VOID_REFUSED, "id", row.id(), "reason", no.reason(), "words", words);
        return isUnknownToCarrier(no) ? said.with("carrierShipment", String.valueOf(row.carrierShipment())) : said;
    }

    private static boolean isUnknownToCarrier(Voided.Refused no) {
        return no.reason().equals("label_not_found");
    }

    /** Then the label was used, and there is nothing left to do. */
    private static boolean isDelivered(Tx tx, ShipmentRow row) {
        return now(tx, row).filter(ShipmentRow::isDelivered).isPresent();
    }

    private static Optional<ShipmentRow> now(Tx tx, ShipmentRow row) {
        return tx.shipments().find(row.id(), Namespaces.ALL);
    }

    /** A person named a number the carrier does not know: whether anything was sold is as open as before. */
    private static boolean isUnheardOf(ShipmentRow row, Voided.Refused no) {
        return row.labelledAt() == null && isUnknownToCarrier(no);
    }
}
