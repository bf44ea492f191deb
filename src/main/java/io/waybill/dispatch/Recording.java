package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Standing;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * T2: writes what came of a purchase in one transaction, compare-and-set on the fence it was claimed under. A writer
 * that lost keeps a sale as an orphan for a person to see, unless nobody has decided yet and its attempt is still the
 * open one: then the late answer is the decision.
 */
final class Recording {
    private final Ledger ledger;
    private final DispatchSettings settings;
    private final Sales sales;

    /** @param sold told where the order of a plain sale stands once that is on disk */
    Recording(Ledger ledger, DispatchSettings settings, Outside outside, Consumer<Standing> sold) {
        this.ledger = ledger;
        this.settings = settings;
        this.sales = new Sales(ledger, settings.looks(), outside, sold);
    }

    /** What a worker was answered: sold, under the fence of its own claim. */
    void bought(Account account, OrderRow order, AttemptRow attempt, Outcome.Bought bought) {
        if (sales.record(new Sale(account, order, attempt, bought))) {
            Failpoint.AFTER_T2.here();
        } else {
            bought(account, attempt, attempt.fence(), bought);
        }
    }

    /** Sold: numbers, charges, label and events; or an orphan when another writer decided first. */
    void bought(Account account, AttemptRow attempt, long fence, Outcome.Bought bought) {
        ledger.commitAll(tx -> {
            decide(tx, account, attempt, fence, bought);
            Failpoint.BEFORE_T2_COMMIT.here();
        });
        Failpoint.AFTER_T2.here();
    }

    /**
     * The latter in a transaction of the caller. A label found under an earlier ref first, and taken for an orphan,
     * stays bought under that ref: its cost stands there, and a void gives it back there.
     *
     * @return whether the shipment has this label now
     */
    boolean decide(Tx tx, Account account, AttemptRow attempt, long fence, Outcome.Bought bought) {
        OrderRow order = order(tx, attempt);
        Sale sale = new Sale(account, order, attempt, bought);
        String id = sale.number();
        String orphaned = tx.orphans().lock(account.name(), id);
        if (Orphans.isGivenBack(orphaned)) {
            String why = "it answers with " + id + ", which was voided or asked to be";
            review(tx, order, attempt, fence, unsettled(DispatchCode.PURCHASE_UNDER_REVIEW, attempt, why));
            return false;
        }
        if (!tx.purchases().sold(sale.edge(fence), settings.looks())
                && !tx.purchases().adopt(attempt, sale.edge(fence), settings.looks())) {
            NewOrphan.record(tx, account, order, attempt, bought);
            return false;
        }
        Optional<String> charged =
                orphaned == null ? Optional.empty() : tx.orphans().adopt(account.name(), id);
        if (fence != attempt.fence() || charged.isPresent()) {
            tx.attempts().closeOthers(attempt.shipmentUid(), charged.orElse(attempt.ref()));
        }
        charged.map(sale::chargedUnder).orElse(sale).write(tx);
        return true;
    }

    /** The label of a sale that had none yet; with its numbers and its price where they come no sooner. */
    void labelCame(Account account, ShipmentRow row, Fetched.Ready ready) {
        ledger.commitAll(tx -> {
            OrderRow order = lock(tx, row);
            if (!tx.purchases().labelled(row)) {
                return;
            }
            List<String> news = new ArrayList<>();
            ready.numbers()
                    .forEach(number -> tx.numbers().add(row.id(), number.kind(), number.parcel(), number.value()));
            if (!ready.charges().isEmpty()) {
                Charged.record(tx, account, order, tx.attempts().sold(row.id()).orElseThrow(), ready.charges(), null);
                news.add("billing.charged");
            }
            keep(tx, order, row.id(), ready.label());
            news.add("order.labelled");
            tx.exceptions().closeBy(Fact.LABEL, row.id());
            tx.events().emit(order, row.id(), news, JsonNodeFactory.instance.objectNode());
        });
    }

    /** The carrier's no, in its own words, to whom it was said last: what came later to another is not known. */
    void refused(AttemptRow attempt, long fence, Outcome.Refused no) {
        refused(attempt, fence, no, false);
    }

    /**
     * The carrier's no, in its own words; kept, though it decides nothing, where another writer was first.
     *
     * @param once nothing else is ever sent under this ref, so that a late no is as good as one in time
     */
    void refused(AttemptRow attempt, long fence, Outcome.Refused no, boolean once) {
        ledger.commitAll(tx -> {
            OrderRow order = order(tx, attempt);
            ShipmentRow row =
                    tx.shipments().find(attempt.shipmentUid(), Namespaces.ALL).orElseThrow();
            Problem problem = Problem.of(OrderCode.CARRIER_REFUSED, "carrier", attempt.account(), "words", no.words())
                    .at(row.inOrder(no.pointer()));
            boolean decides = tx.purchases()
                            .settle(attempt.shipmentUid(), fence, ShipmentState.REFUSED, Duration.ZERO, kept(problem))
                    || (once && isSettledLate(tx, order, attempt, ShipmentState.REFUSED, Duration.ZERO, kept(problem)));
            if (decides) {
                tx.attempts().settle(attempt.ref(), "REFUSED", no.response(), no.words(), null);
                refusal(tx, order, attempt.shipmentUid(), problem);
            } else {
                keepLate(tx, order, attempt, no.response(), no.words());
            }
        });
    }

    /** The carrier cannot be asked at all for this shipment; nothing was sent. */
    void cannotPrepare(ShipmentRow row, Problem why) {
        Problem problem = why.at(row.inOrder(why.pointer()));
        ledger.commitAll(tx -> {
            OrderRow order = lock(tx, row);
            if (tx.shipments().move(row, ShipmentState.REFUSED, Duration.ZERO, kept(problem))) {
                refusal(tx, order, row.id(), problem);
            }
        });
    }

    /** Its adapter broke and nothing was sent: tried again after {@code wait}, and a person told when {@code tell}. */
    void notPrepared(ShipmentRow row, Duration wait, Problem problem, boolean tell) {
        ledger.commitAll(tx -> {
            OrderRow order = lock(tx, row);
            if (tx.shipments().postpone(row, wait) && tell) {
                open(tx, Reason.PURCHASE_FAILED, row.id(), order, row.id(), problem);
            }
        });
    }

    /** Certainly not bought: back to READY after a while. */
    void notSent(AttemptRow attempt, long fence, String why, Duration wait, byte[] response) {
        ledger.commitAll(tx -> {
            if (tx.purchases().settle(attempt.shipmentUid(), fence, ShipmentState.READY, wait, null)) {
                tx.attempts().settle(attempt.ref(), "NOT_SENT", response, why, null);
            }
        });
    }

    /**
     * {@link #notSent(AttemptRow, long, String, Duration, byte[])} by the carrier's own word; kept, though it decides nothing,
     * where another writer was first.
     *
     * @param once nothing else is ever sent under this ref, so that a late no is as good as one in time
     */
    void notTaken(AttemptRow attempt, Outcome.NotSent no, Duration wait, boolean once) {
        ledger.commitAll(tx -> {
            OrderRow order = order(tx, attempt);
            boolean decides =
                    tx.purchases().settle(attempt.shipmentUid(), attempt.fence(), ShipmentState.READY, wait, null)
                            || (once && isSettledLate(tx, order, attempt, ShipmentState.READY, wait, null));
            if (decides) {
                tx.attempts().settle(attempt.ref(), "NOT_SENT", no.response(), no.why(), null);
            } else {
                keepLate(tx, order, attempt, no.response(), no.why());
            }
        });
    }

    /** Whether nobody has decided meanwhile, and what was answered is what nobody knew. */
    private static boolean isSettledLate(
            Tx tx, OrderRow order, AttemptRow attempt, ShipmentState to, Duration wait, @Nullable String problem) {
        return tx.shipments().lock(order.id()).stream()
                .filter(row -> row.id().equals(attempt.shipmentUid()))
                .filter(row -> tx.attempts().isOpen(attempt.ref()))
                .anyMatch(row -> tx.purchases().settleAfterAll(row, to, wait, problem));
    }

    /** Of an order that was forgotten nothing is kept any more. */
    private static void keepLate(Tx tx, OrderRow order, AttemptRow attempt, byte[] response, String words) {
        if (!tx.erasure().isErased(order.id())) {
            tx.attempts().saidLate(attempt.ref(), response, words);
        }
    }

    /** The carrier may have sold: looked up after {@code wait}, and never bought again before that. */
    void unknown(AttemptRow attempt, long fence, String why, Duration wait, byte[] response) {
        ledger.commitAll(tx -> {
            OrderRow order = order(tx, attempt);
            if (tx.purchases().settle(attempt.shipmentUid(), fence, ShipmentState.UNKNOWN, wait, null)) {
                unknown(tx, order, attempt, why, response, true);
            }
        });
    }

    /** A look-up did not tell: the next is after {@code wait}, and nothing is bought before that. Told once for each why. */
    void stillUnknown(AttemptRow attempt, long fence, String why, Duration wait) {
        ledger.commitAll(tx -> {
            OrderRow order = order(tx, attempt);
            if (tx.purchases().lookAgain(attempt.shipmentUid(), fence, wait)) {
                unknown(tx, order, attempt, why, new byte[0], !why.equals(attempt.words()));
            }
        });
    }

    private static void unknown(
            Tx tx, OrderRow order, AttemptRow attempt, String why, byte[] response, boolean isNews) {
        tx.attempts().settle(attempt.ref(), "UNKNOWN", response, why, null);
        if (isNews) {
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("why", why);
            tell(tx, order, attempt, "outcome unknown", detail);
        }
    }

    /** A person is asked and the hub stops looking by itself. */
    void review(AttemptRow attempt, long fence, String why) {
        review(attempt, fence, DispatchCode.PURCHASE_UNDER_REVIEW, why);
    }

    /** {@link #review(AttemptRow, long, String)} told in other words. */
    void review(AttemptRow attempt, long fence, DispatchCode code, String why) {
        review(attempt, fence, unsettled(code, attempt, why));
    }

    /** The same with what a person is told. */
    void review(AttemptRow attempt, long fence, Problem problem) {
        ledger.commitAll(tx -> review(tx, order(tx, attempt), attempt, fence, problem));
    }

    private static void review(Tx tx, OrderRow order, AttemptRow attempt, long fence, Problem problem) {
        if (tx.purchases().settle(attempt.shipmentUid(), fence, ShipmentState.REVIEW, Duration.ZERO, kept(problem))) {
            unresolved(tx, order, attempt, problem);
        }
    }

    /** A person is asked; the hub goes on looking. */
    void askPerson(AttemptRow attempt, long fence, String why) {
        ledger.commitAll(tx -> {
            OrderRow order = order(tx, attempt);
            if (isOpenUnder(tx, attempt, fence)) {
                unresolved(tx, order, attempt, unsettled(DispatchCode.PURCHASE_UNRESOLVED, attempt, why));
            }
        });
    }

    private static Problem unsettled(DispatchCode code, AttemptRow attempt, String why) {
        return Problem.of(code, "account", attempt.account(), "ref", attempt.ref(), "why", why);
    }

    private static void unresolved(Tx tx, OrderRow order, AttemptRow attempt, Problem problem) {
        String shipment = attempt.shipmentUid();
        open(tx, Reason.PURCHASE_UNRESOLVED, shipment, order, shipment, problem);
    }

    private static boolean isOpenUnder(Tx tx, AttemptRow attempt, long fence) {
        return tx.shipments()
                .find(attempt.shipmentUid(), Namespaces.ALL)
                .filter(row -> row.fence() == fence && row.state().isOpenPurchase())
                .isPresent();
    }

    private static void keep(Tx tx, OrderRow order, String shipment, Label label) {
        tx.labels().keep(Sale.papers(shipment, label).toList());
        tx.story().tell(order.id(), shipment, "labelled", null, null);
    }

    private static void refusal(Tx tx, OrderRow order, String shipment, Problem problem) {
        tx.exceptions().closeBy(Fact.REFUSED, shipment);
        open(tx, Reason.CARRIER_REFUSED, shipment, order, shipment, problem);
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.set("problems", Json.mapper().valueToTree(List.of(problem)));
        tx.story().tell(order.id(), shipment, "refused", null, detail.toString());
        tx.events().emit(order, shipment, "order.refused", detail);
    }

    private static String kept(Problem problem) {
        return Json.text(List.of(problem));
    }

    static void open(Tx tx, Reason reason, String subject, OrderRow order, String shipment, Problem problem) {
        tx.exceptions().open(reason, subject, order.namespace(), order, shipment, order.source(), kept(problem));
    }

    static void tell(Tx tx, OrderRow order, AttemptRow attempt, String what, ObjectNode detail) {
        detail.put("ref", attempt.ref()).put("account", attempt.account());
        tx.story().tell(order.id(), attempt.shipmentUid(), what, null, detail.toString());
    }

    private static OrderRow order(Tx tx, AttemptRow attempt) {
        return tx.orders().lockOf(attempt.shipmentUid()).orElseThrow();
    }

    /** The order's row is locked before its shipment's is, here and wherever both are written: so no two writers wait for each other. */
    static OrderRow lock(Tx tx, ShipmentRow row) {
        return tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
    }
}
