package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives labels back: the wish is on disk before the carrier is asked, and asked again until it answers. What is to be
 * bought once more is a shipment of its own, made in the transaction that confirms the void.
 */
final class Voiding {
    /** The reason of a shipment that was bought instead of a voided one. */
    static final String REBUY = "rebuy";

    private static final Logger LOG = LoggerFactory.getLogger(Voiding.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(60);

    /** A carrier that took the wish and decides later may take days. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final Ledger ledger;
    private final Accounts accounts;

    Voiding(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /** @throws ProblemException {@code shipment-not-found}, {@code nothing-to-void}, {@code void-not-offered}, {@code void-refused} */
    void cancel(String shipment, Namespaces scope, @Nullable String actor) {
        ShipmentRow row = find(shipment, scope);
        if (row.imported()) {
            throw new ProblemException(Problem.of(DispatchCode.BOUGHT_ELSEWHERE, "id", shipment));
        }
        if (row.state() == ShipmentState.VOIDED || row.state() == ShipmentState.VOIDING) {
            return;
        }
        if (row.state() != ShipmentState.LABELLED && row.state() != ShipmentState.BOUGHT) {
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_VOID, "id", shipment, "state", row.word()));
        }
        requireOffered(row);
        ledger.commitAll(tx -> {
            OrderRow order = Recording.lock(tx, row);
            if (request(tx, row, false, actor) && actor != null) {
                tx.audit().record(actor, "label.voided", row.id(), order.namespace(), null);
            }
        });
        askNow(shipment);
    }

    /**
     * Gives back every label of an order, and cancels what of it is not bought yet.
     *
     * @throws ProblemException {@code order-not-found}, {@code order-being-bought} while the outcome of a purchase is not known,
     *     {@code nothing-to-void}, {@code void-not-offered}; {@code void-refused} of each that its carrier refuses
     */
    void cancelAll(String orderUid, Namespaces scope, @Nullable String actor) {
        List<String> asked = ledger.commit(tx -> requestAll(tx, orderUid, scope, actor));
        List<Problem> refused = asked.stream()
                .flatMap(shipment -> ask(find(shipment, Namespaces.ALL)).stream())
                .toList();
        if (!refused.isEmpty()) {
            throw new ProblemException(refused);
        }
    }

    private List<String> requestAll(Tx tx, String orderUid, Namespaces scope, @Nullable String actor) {
        OrderRow order = tx.orders()
                .lock(orderUid, scope)
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", orderUid)));
        List<ShipmentRow> live = tx.shipments().of(order.id()).stream()
                .filter(row -> !row.imported() && !row.state().isOver() && row.state() != ShipmentState.VOIDING)
                .toList();
        List<ShipmentRow> sold =
                live.stream().filter(row -> row.state().isSold()).toList();
        if (live.stream().anyMatch(row -> row.state().isOpenPurchase())) {
            throw beingBought(order);
        }
        if (sold.isEmpty()) {
            String state = ShipmentState.wordOf(tx.shipments().of(order.id()));
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_VOID, "id", order.id(), "state", state));
        }
        sold.forEach(this::requireOffered);
        for (ShipmentRow row : live) {
            boolean done = row.state().isSold() ? request(tx, row, false, actor) : giveUp(tx, row, actor);
            if (!done) {
                throw beingBought(order);
            }
        }
        if (actor != null) {
            tx.audit().record(actor, "order.voided", order.id(), order.namespace(), null);
        }
        return sold.stream().map(ShipmentRow::id).toList();
    }

    private static boolean giveUp(Tx tx, ShipmentRow row, @Nullable String actor) {
        tx.exceptions().closeBy(Fact.CANCELLED, row.id());
        tx.story().tell(row.orderUid(), row.id(), "cancelled", actor, null);
        return tx.shipments().move(row, ShipmentState.CANCELLED, Duration.ZERO, null);
    }

    private static ProblemException beingBought(OrderRow order) {
        return new ProblemException(Problem.of(OrderCode.ORDER_BEING_BOUGHT, "orderId", order.orderId(), "seconds", 5));
    }

    /** @throws ProblemException {@code void-not-offered} */
    void requireOffered(ShipmentRow row) {
        if (voids(row).isEmpty()) {
            throw new ProblemException(
                    Problem.of(DispatchCode.VOID_NOT_OFFERED, "carrier", String.valueOf(row.carrier())));
        }
    }

    /** Writes the wish, with the order's row locked. @return false when the shipment changed meanwhile */
    boolean request(Tx tx, ShipmentRow row, boolean rebuy, @Nullable String actor) {
        if (!tx.voids().request(row, rebuy, ASK_AGAIN)) {
            return false;
        }
        tx.story().tell(row.orderUid(), row.id(), "void requested", actor, null);
        refund(tx, tx.orders().find(row.orderUid(), Namespaces.ALL).orElseThrow(), row)
                .ifPresent(Refunds::requested);
        return true;
    }

    private Optional<Refunds> refund(Tx tx, OrderRow order, ShipmentRow row) {
        return accounts.find(String.valueOf(row.account())).map(account -> Refunds.ofLabel(tx, account, order, row));
    }

    /** @throws ProblemException {@code void-refused} */
    void askNow(String shipment) {
        ask(find(shipment, Namespaces.ALL)).ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
    }

    boolean askAgain(String account) {
        List<ShipmentRow> rows = ledger.read(tx -> tx.due().of(account, ShipmentState.VOIDING, 20));
        rows.forEach(this::askOrPostpone);
        return rows.size() == 20;
    }

    /** One whose adapter breaks makes room for the others. */
    private void askOrPostpone(ShipmentRow row) {
        try {
            ask(row);
        } catch (RuntimeException e) {
            LOG.error("the void of {} could not be asked for", row.id(), e);
            ledger.commitAll(tx -> tx.shipments().postpone(row, ASK_AGAIN));
        }
    }

    private Optional<Problem> ask(ShipmentRow row) {
        Optional<Voids> voids = voids(row);
        if (voids.isEmpty() || row.state() != ShipmentState.VOIDING) {
            return Optional.empty();
        }
        AttemptRow sale = chosen(row);
        Voided answer = voids.get().cancel(new ShipmentId(String.valueOf(row.carrierShipment())), Refs.of(sale));
        Failpoint.VOID_SENT.here();
        if (answer instanceof Voided.Done done) {
            ledger.commitAll(tx -> voided(tx, row, sale, done.refund()));
        } else if (answer instanceof Voided.Refused no && no.reason().equals("label_already_voided")) {
            ledger.commitAll(tx -> voided(tx, row, sale, null));
        } else if (answer instanceof Voided.Refused no) {
            return Optional.of(refused(row, sale, no));
        } else {
            Duration wait = answer instanceof Voided.Pending ? LOOK_AGAIN : ASK_AGAIN;
            ledger.commitAll(tx -> {
                tx.shipments().postpone(row, wait);
                if (answer instanceof Voided.Pending pending) {
                    refund(tx, Recording.lock(tx, row), row).ifPresent(refund -> refund.pending(pending.words()));
                }
            });
        }
        return Optional.empty();
    }

    /** The attempt that sold it, which need not be the last. */
    private AttemptRow chosen(ShipmentRow row) {
        List<AttemptRow> attempts = ledger.read(tx -> tx.attempts().of(row.id()));
        return attempts.stream()
                .filter(attempt -> attempt.state().equals("BOUGHT"))
                .findFirst()
                .orElseGet(() -> attempts.get(attempts.size() - 1));
    }

    /** Back to where it stood, with the carrier's words for a person. */
    private Problem refused(ShipmentRow row, AttemptRow sale, Voided.Refused no) {
        Problem problem = Problem.of(DispatchCode.VOID_REFUSED, "reason", no.reason(), "words", no.words());
        ledger.commitAll(tx -> {
            OrderRow order = Recording.lock(tx, row);
            refund(tx, order, row).ifPresent(refund -> refund.refused(no.reason(), no.words()));
            if (isUnheardOf(row, no) && tx.voids().neverSold(row, sale.ref())) {
                tx.numbers().replaceAll(row.id());
                Recording.open(tx, Reason.PURCHASE_UNRESOLVED, row.id(), order, row.id(), problem);
            } else if (tx.voids().refused(row, ASK_AGAIN)) {
                Recording.open(tx, Reason.VOID_REFUSED, row.id(), order, row.id(), problem);
            } else {
                return;
            }
            ObjectNode detail = JsonNodeFactory.instance
                    .objectNode()
                    .put("reason", no.reason())
                    .put("words", no.words());
            tx.story().tell(row.orderUid(), row.id(), "void refused", null, detail.toString());
        });
        return problem;
    }

    /** A person named a number the carrier does not know: whether anything was sold is as open as before. */
    private static boolean isUnheardOf(ShipmentRow row, Voided.Refused no) {
        return row.labelledAt() == null && no.reason().equals("label_not_found");
    }

    /** A confirmed void is a fact, whoever heard it: also when another asker was refused meanwhile. */
    private void voided(Tx tx, ShipmentRow asked, AttemptRow sale, @Nullable Money refund) {
        OrderRow order = Recording.lock(tx, asked);
        ShipmentRow row = tx.shipments().find(asked.id(), Namespaces.ALL).orElseThrow();
        if (!isLabelOf(asked, row) || !tx.shipments().move(row, ShipmentState.VOIDED, Duration.ZERO, null)) {
            return;
        }
        accounts.find(sale.account()).ifPresent(account -> {
            Charged.credit(tx, order, account, row.id(), sale.ref(), refund, null);
            Refunds.ofLabel(tx, account, order, asked).granted(refund);
        });
        tx.exceptions().closeBy(Fact.VOIDED, row.id());
        tx.story().tell(order.id(), row.id(), "voided", null, null);
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        if (refund != null) {
            extra.putObject("refund")
                    .put("amount", refund.amount().toPlainString())
                    .put("currency", refund.currency().getCurrencyCode());
        }
        tx.events().emit(order, row.id(), "shipment.voided", extra);
        if (row.rebuy() && order.cancelledAt() == null) {
            buyOnceMore(tx, order, row);
        }
    }

    private static boolean isLabelOf(ShipmentRow asked, ShipmentRow row) {
        return row.state().isSold()
                && row.state() != ShipmentState.VOIDED
                && Objects.equals(asked.carrierShipment(), row.carrierShipment());
    }

    /** Under names of its own: its ref, key and order number are none the carrier has seen. */
    private static void buyOnceMore(Tx tx, OrderRow order, ShipmentRow row) {
        int last = tx.shipments().of(order.id()).stream()
                .mapToInt(ShipmentRow::seq)
                .max()
                .orElse(row.seq());
        Plan same = new Plan(
                ShipmentState.READY,
                row.account(),
                row.carrier(),
                row.service(),
                row.labelFormat(),
                row.labelSize(),
                row.labelDpi(),
                null,
                null,
                row.parcels(),
                null);
        String id = tx.shipments().insert(order.id(), last + 1, REBUY, REBUY + "/" + row.id(), row.asked(), same);
        tx.pieces().replaces(id, row);
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("insteadOf", row.id());
        tx.story().tell(order.id(), id, "bought once more", null, detail.toString());
    }

    private Optional<Voids> voids(ShipmentRow row) {
        return accounts.find(String.valueOf(row.account()))
                .map(Account::carrier)
                .filter(Voids.class::isInstance)
                .map(Voids.class::cast);
    }

    private ShipmentRow find(String shipment, Namespaces scope) {
        return ledger.read(tx -> tx.shipments().find(shipment, scope))
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.SHIPMENT_NOT_FOUND, "id", shipment)));
    }
}
