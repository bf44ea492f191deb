package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Ref;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrphanBook;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import io.waybill.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Voids labels that were sold beside the chosen one, so that nobody pays for them. Each is a row of the ledger until the
 * carrier confirms; where it does not void, or refuses, a person has its words.
 */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final int BATCH = 20;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Ledger ledger;

    Orphans(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What is voided, or may be by now, can become nobody's label any more.
     *
     * @param state an orphan's, or null
     */
    static boolean isGivenBack(@Nullable String state) {
        return "VOIDED".equals(state) || "ASKED".equals(state);
    }

    boolean voidThoseDue(Account account) {
        List<OrphanBook.Row> rows = ledger.read(tx -> tx.orphans().due(account.name(), BATCH));
        rows.forEach(row -> ask(account, row));
        return rows.size() == BATCH;
    }

    /** While a purchase of the same shipment is open, the carrier may yet answer it with this very label. */
    private void ask(Account account, OrphanBook.Row row) {
        ShipmentRow shipment = ledger.read(tx -> tx.shipments().find(row.shipmentUid(), Namespaces.ALL))
                .orElseThrow();
        if (shipment.state() == ShipmentState.BUYING || shipment.state() == ShipmentState.UNKNOWN) {
            ledger.commitAll(tx -> tx.orphans().postpone(row, account.settle()));
        } else if (row.carrierShipment().equals(shipment.carrierShipment())) {
            ledger.commitAll(tx -> tx.orphans().settle(row, "ADOPTED", null));
        } else if (!account.isOf(row.carrier())) {
            ledger.commitAll(tx -> tx.orphans().postpone(row, LONGEST_WAIT));
        } else if (!(account.carrier() instanceof Voids voids)) {
            stuck(account, row, "void_not_offered", account.carrierId() + " does not void labels");
        } else if (ledger.commit(tx -> tx.orphans().claim(row, wait(account, row)))) {
            answered(account, row, cancel(voids, row));
        }
    }

    /** An adapter that breaks is asked again like one that did not answer. */
    private static Voided cancel(Voids voids, OrphanBook.Row row) {
        try {
            Ref ref = new Ref(row.ref(), UUID.fromString(row.purchaseKey()), row.orderNumber());
            return voids.cancel(new ShipmentId(row.carrierShipment()), ref);
        } catch (RuntimeException e) {
            LOG.error("the void of the orphan {} could not be asked for", row.carrierShipment(), e);
            return new Voided.Unknown(Words.of(e));
        }
    }

    private void answered(Account account, OrphanBook.Row row, Voided answer) {
        if (answer instanceof Voided.Done done) {
            voided(account, row, done.refund());
        } else if (answer instanceof Voided.Refused no && no.reason().equals("label_already_voided")) {
            voided(account, row, null);
        } else if (answer instanceof Voided.Refused no) {
            stuck(account, row, no.reason(), no.words());
        } else if (answer instanceof Voided.Pending pending) {
            ledger.commitAll(tx -> {
                OrderRow order = order(tx, row);
                Refunds refund = refund(tx, account, order, row);
                refund.requested();
                refund.pending(Recording.words(tx, order, pending.words()));
            });
        } else {
            LOG.info("the orphan {} is not voided yet: {}", row.carrierShipment(), answer);
        }
    }

    private void voided(Account account, OrphanBook.Row row, @Nullable Money refund) {
        ledger.commitAll(tx -> {
            OrderRow order = order(tx, row);
            if (!tx.orphans().settle(row, "VOIDED", null)) {
                return;
            }
            Refunds asked = refund(tx, account, order, row);
            asked.requested();
            asked.granted(refund);
            String number = row.carrierShipment();
            if (Charged.credit(tx, order, account, row.shipmentUid(), row.ref(), number, refund, Charged.ORPHAN)) {
                NewOrphan.charged(tx, order, row.shipmentUid(), row.ref(), number);
            }
            if (!tx.orphans().isLeft(row.ref())) {
                tx.exceptions().closeBy(Fact.VOIDED, row.ref());
            }
            tell(tx, order, row, "orphan voided", facts(row));
        });
    }

    private void stuck(Account account, OrphanBook.Row row, String reason, String said) {
        ledger.commitAll(tx -> {
            OrderRow order = order(tx, row);
            String words = Recording.words(tx, order, said);
            if (!tx.orphans().settle(row, "STUCK", words)) {
                return;
            }
            Refunds asked = refund(tx, account, order, row);
            asked.requested();
            asked.refused(reason, words);
            Problem problem = Problem.of(
                    DispatchCode.ORPHAN_NOT_VOIDED,
                    "account",
                    account.name(),
                    "carrierShipment",
                    row.carrierShipment(),
                    "ref",
                    row.ref(),
                    "reason",
                    reason,
                    "words",
                    words);
            Recording.open(tx, Reason.ORPHAN_LABEL, row.ref(), order, row.shipmentUid(), problem);
            tell(
                    tx,
                    order,
                    row,
                    "orphan not voided",
                    facts(row).put("reason", reason).put("words", words));
        });
    }

    private static Refunds refund(Tx tx, Account account, OrderRow order, OrphanBook.Row row) {
        return new Refunds(tx, account, order, row.shipmentUid(), row.carrierShipment(), row.ref(), Charged.ORPHAN);
    }

    private static OrderRow order(Tx tx, OrphanBook.Row row) {
        return Recording.lock(
                tx, tx.shipments().find(row.shipmentUid(), Namespaces.ALL).orElseThrow());
    }

    private static ObjectNode facts(OrphanBook.Row row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ref", row.ref())
                .put("account", row.account())
                .put("carrierShipment", row.carrierShipment());
    }

    private static void tell(Tx tx, OrderRow order, OrphanBook.Row row, String what, ObjectNode detail) {
        tx.story().tell(order.id(), row.shipmentUid(), what, null, detail.toString());
    }

    /** The account's settle time, twice as long each time, at most an hour. */
    private static Duration wait(Account account, OrphanBook.Row row) {
        Duration longer = account.settle().multipliedBy(1L << Math.min(row.asks(), 10));
        return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    }
}
