package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Labels that come after the purchase: asked for until they are there, or pushed. */
final class LabelsToCome {
    private static final Logger LOG = LoggerFactory.getLogger(LabelsToCome.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int AT_ONCE = 20;
    private static final Set<DispatchCode> NO_REFUSALS =
            Set.of(DispatchCode.ACCOUNT_GONE, DispatchCode.VOID_UNANSWERED);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Labels labels;
    private final Recording recording;
    private final DispatchSettings settings;
    private final Consumer<String> done;

    /** @param done hears of each order whose label came */
    LabelsToCome(
            Ledger ledger,
            Accounts accounts,
            Labels labels,
            Recording recording,
            DispatchSettings settings,
            Consumer<String> done) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.labels = labels;
        this.recording = recording;
        this.settings = settings;
        this.done = done;
    }

    /** @return whether there may be more to ask for */
    boolean askForThoseDue(Account account) {
        List<ShipmentRow> rows = ledger.read(tx -> tx.due().of(account.name(), ShipmentState.BOUGHT, AT_ONCE));
        rows.forEach(row -> ask(account, row));
        return rows.size() == AT_ONCE;
    }

    /** What a carrier pushed. False when no shipment of this account has its number. */
    boolean arrived(String name, Webhooks.Arrived label) {
        Account account = accounts.find(name).orElseThrow();
        List<ShipmentRow> rows =
                ledger.read(tx -> tx.numbers().shipments(label.id().value()).stream()
                        .flatMap(id -> tx.shipments().find(id, Namespaces.ALL).stream())
                        .filter(row ->
                                name.equals(row.account()) && label.id().value().equals(row.carrierShipment()))
                        .toList());
        for (ShipmentRow row : rows) {
            if (row.state() == ShipmentState.BOUGHT && label.label() instanceof Fetched.NotYet) {
                ledger.commitAll(tx -> {
                    Recording.lock(tx, row);
                    tx.shipments().postpone(row, Duration.ZERO);
                });
            } else if (row.state() == ShipmentState.BOUGHT) {
                record(account, row, label.label());
            }
        }
        return !rows.isEmpty();
    }

    /** One that cannot be written down makes room for the others. */
    private void ask(Account account, ShipmentRow row) {
        Fetched fetched = fetchOrWait(account, row);
        try {
            record(account, row, fetched);
        } catch (RuntimeException | Error e) {
            LOG.atLevel(LedgerFailure.telling(e, Level.ERROR))
                    .setCause(e)
                    .log("what came of the label of {} could not be written down", row.id());
            String why = "what came could not be written down: " + e.getClass().getSimpleName();
            ledger.commitAll(tx -> askLater(tx, account, row, why));
        }
    }

    private void record(Account account, ShipmentRow row, Fetched fetched) {
        if (fetched instanceof Fetched.Ready ready) {
            recording.labelCame(account, row, ready);
            done.accept(row.orderUid());
        } else if (fetched instanceof Fetched.Gone gone) {
            ledger.commitAll(tx -> gone(tx, account, row, gone.why()));
        } else if (fetched instanceof Fetched.NotYet notYet) {
            ledger.commitAll(tx -> askLater(tx, account, row, notYet.why()));
        }
    }

    /** One whose adapter breaks makes room for the others. */
    private Fetched fetchOrWait(Account account, ShipmentRow row) {
        Optional<String> elsewhere = Shipments.elsewhere(account, row);
        if (elsewhere.isPresent()) {
            return new Fetched.NotYet(elsewhere.get());
        }
        try {
            return labels.fetchFirst(account, row, Shipments.label(row));
        } catch (RuntimeException | Error e) {
            LOG.error("the label of {} could not be asked for", row.id(), e);
            return new Fetched.NotYet("the adapter broke: " + Words.of(e));
        }
    }

    private void askLater(Tx tx, Account account, ShipmentRow row, String why) {
        Duration waited = Duration.between(Objects.requireNonNull(row.boughtAt()), tx.now());
        boolean overdue = waited.compareTo(account.aftercare().labelWithin()) > 0;
        OrderRow order = Recording.lock(tx, row);
        if (!tx.shipments().postpone(row, longer(waited)) || !overdue) {
            return;
        }
        if (!tx.exceptions().isOpen(Reason.LABEL_OVERDUE, row.id())) {
            Problem problem = Problem.of(
                    DispatchCode.LABEL_OVERDUE,
                    "account",
                    account.name(),
                    "carrierShipment",
                    String.valueOf(row.carrierShipment()),
                    "minutes",
                    account.aftercare().labelWithin().toMinutes(),
                    "why",
                    why);
            Recording.open(tx, Reason.LABEL_OVERDUE, row.id(), order, row.id(), problem);
        }
    }

    /** It can never be printed: voided, and once that is confirmed bought once more. Only once, and only by itself where the carrier voids. */
    private void gone(Tx tx, Account account, ShipmentRow row, String why) {
        OrderRow order = Recording.lock(tx, row);
        boolean tried = row.reason().equals(ConfirmedVoid.REBUY) || isVoidRefused(tx, row);
        if (account.carrier() instanceof Voids && !tried) {
            if (tx.voids().request(row, true, Duration.ZERO)) {
                Refunds.ofLabel(tx, account, order, row).requested();
                ObjectNode detail = JsonNodeFactory.instance.objectNode().put("why", why);
                tx.story().tell(order.id(), row.id(), "label cannot be printed", null, detail.toString());
            }
        } else if (tx.shipments().postpone(row, LONGEST_WAIT)
                && !tx.exceptions().isOpen(Reason.LABEL_GONE, row.id())) {
            Problem problem = Problem.of(
                    DispatchCode.LABEL_GONE,
                    "account",
                    account.name(),
                    "carrierShipment",
                    String.valueOf(row.carrierShipment()),
                    "why",
                    why);
            Recording.open(tx, Reason.LABEL_GONE, row.id(), order, row.id(), problem);
        }
    }

    /** By its carrier: that its account was gone, or did not answer, for a while is told under the same reason. */
    private static boolean isVoidRefused(Tx tx, ShipmentRow row) {
        return tx.exceptions()
                .openOf(Reason.VOID_REFUSED, row.id())
                .filter(open ->
                        NO_REFUSALS.stream().noneMatch(other -> open.problems().contains("\"" + other.code() + "\"")))
                .isPresent();
    }

    /** A tenth of the time waited so far, at least the first pause and at most ten minutes. */
    private Duration longer(Duration waited) {
        Duration tenth = waited.dividedBy(10);
        Duration longer = tenth.compareTo(settings.looks().label()) > 0
                ? tenth
                : settings.looks().label();
        return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    }
}
