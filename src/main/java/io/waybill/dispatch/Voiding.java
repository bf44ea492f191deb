package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives labels back: the wish is on disk before the carrier is asked, and asked again until it answers. */
final class Voiding {
    private static final Logger LOG = LoggerFactory.getLogger(Voiding.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final Accounts accounts;

    Voiding(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /** @throws ProblemException {@code shipment-not-found}, {@code nothing-to-void}, {@code void-not-offered}, {@code void-refused} */
    void cancel(String shipment, Namespaces scope, @Nullable String actor) {
        ShipmentRow row = find(shipment, scope);
        if (row.state() == ShipmentState.VOIDED || row.state() == ShipmentState.VOIDING) {
            return;
        }
        if (row.state() != ShipmentState.LABELLED) {
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_VOID, "id", shipment, "state", row.word()));
        }
        if (voids(row).isEmpty()) {
            throw new ProblemException(
                    Problem.of(DispatchCode.VOID_NOT_OFFERED, "carrier", String.valueOf(row.carrier())));
        }
        ledger.commitAll(tx -> {
            lock(tx, row);
            if (tx.shipments().move(row, ShipmentState.VOIDING, ASK_AGAIN, null)) {
                tx.story().tell(row.orderUid(), row.id(), "void requested", actor, null);
            }
        });
        ask(find(shipment, scope)).ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
    }

    boolean askAgain(String account) {
        List<ShipmentRow> rows = ledger.read(tx -> tx.shipments().due(account, ShipmentState.VOIDING, 20));
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
        Voided answer = voids.get().cancel(new ShipmentId(String.valueOf(row.carrierShipment())), Refs.of(chosen(row)));
        if (answer instanceof Voided.Done done) {
            ledger.commitAll(tx -> voided(tx, row, done.refund()));
        } else if (answer instanceof Voided.Refused no && no.reason().equals("label_already_voided")) {
            ledger.commitAll(tx -> voided(tx, row, null));
        } else if (answer instanceof Voided.Refused no) {
            return Optional.of(refused(row, no));
        } else {
            ledger.commitAll(tx -> tx.shipments().postpone(row, ASK_AGAIN));
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

    private Problem refused(ShipmentRow row, Voided.Refused no) {
        Problem problem = Problem.of(DispatchCode.VOID_REFUSED, "reason", no.reason(), "words", no.words());
        ledger.commitAll(tx -> {
            lock(tx, row);
            if (!tx.shipments().move(row, ShipmentState.LABELLED, Duration.ZERO, null)) {
                return;
            }
            tx.story()
                    .tell(
                            row.orderUid(),
                            row.id(),
                            "void refused",
                            null,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("reason", no.reason())
                                    .put("words", no.words())
                                    .toString());
        });
        return problem;
    }

    private void voided(Tx tx, ShipmentRow row, @Nullable Money refund) {
        OrderRow order = lock(tx, row);
        if (!tx.shipments().move(row, ShipmentState.VOIDED, Duration.ZERO, null)) {
            return;
        }
        if (refund != null) {
            tx.charges().record(Charged.credit(order, row, refund));
        }
        tx.exceptions().closeBy(Fact.VOIDED, row.id());
        tx.story().tell(order.id(), row.id(), "voided", null, null);
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        if (refund != null) {
            extra.putObject("refund")
                    .put("amount", refund.amount().toPlainString())
                    .put("currency", refund.currency().getCurrencyCode());
        }
        tx.events().emit(order, row.id(), "shipment.voided", extra);
    }

    /** Before the shipment's row, like every other writer. */
    private static OrderRow lock(Tx tx, ShipmentRow row) {
        return tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
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
