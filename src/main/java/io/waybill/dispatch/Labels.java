package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Documents;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.text.Words;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labels that come after the purchase, and labels in another format. */
final class Labels {
    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Set<Integer> ONE = Set.of(1);
    private static final Set<DispatchCode> NO_REFUSALS =
            Set.of(DispatchCode.ACCOUNT_GONE, DispatchCode.VOID_UNANSWERED);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Recording recording;
    private final DispatchSettings settings;
    private final Consumer<String> done;

    Labels(Ledger ledger, Accounts accounts, Recording recording, DispatchSettings settings, Consumer<String> done) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.recording = recording;
        this.settings = settings;
        this.done = done;
    }

    /** What is kept; once more from the carrier where nothing but labels is, it prints its papers again, and the order was not forgotten. */
    List<LabelBook.Paper> papers(ShipmentRow row) {
        List<LabelBook.Paper> kept = ledger.read(tx -> tx.labels().of(row.id()));
        boolean labelsOnly = kept.stream().allMatch(paper -> paper.kind().endsWith("label"));
        Optional<Documents> carrier = Optional.ofNullable(row.account())
                .flatMap(accounts::find)
                .map(Account::carrier)
                .filter(Documents.class::isInstance)
                .map(Documents.class::cast);
        if (!labelsOnly
                || carrier.isEmpty()
                || row.carrierShipment() == null
                || row.imported()
                || ledger.read(tx -> tx.erasure().isErased(row.orderUid()))) {
            return kept;
        }
        keep(row, carrier.get().documents(new ShipmentId(row.carrierShipment())));
        return ledger.read(tx -> tx.labels().of(row.id()));
    }

    boolean askForLabelsToCome(Account account) {
        List<ShipmentRow> rows = ledger.read(tx -> tx.due().of(account.name(), ShipmentState.BOUGHT, 20));
        rows.forEach(row -> ask(account, row));
        return rows.size() == 20;
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
            LOG.error("what came of the label of {} could not be written down", row.id(), e);
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
        try {
            return fetch(account, row, Shipments.label(row));
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
        boolean tried = row.reason().equals(VoidAnswers.REBUY) || isVoidRefused(tx, row);
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

    /** One parcel's label in a format: from the ledger, else from the carrier, which is then kept; of an order that was forgotten there is none. */
    Optional<byte[]> label(ShipmentRow row, int parcel, String format) {
        Optional<byte[]> kept = kept(row, parcel, format);
        return kept.isEmpty() && isPrintedAgain(row, format) ? kept(row, parcel, format) : kept;
    }

    /** Which parcels have one to be printed; of some of them it may still be missing in this format. */
    Collection<Integer> parcels(ShipmentRow row, String format) {
        List<Integer> kept = ledger.read(tx -> tx.labels().parcels(row.id(), format));
        Set<Integer> all = ledger.read(tx -> parcels(tx, row.id()));
        boolean isWhole = !kept.isEmpty() && kept.containsAll(all);
        return isWhole || isPrintedAgain(row, format)
                ? ledger.read(tx -> tx.labels().parcels(row.id(), format))
                : all;
    }

    /** Those that ever had a label, in whatever format, and those that have a number; one label alone may be all of them in one file. */
    private static Set<Integer> parcels(Tx tx, String shipment) {
        Set<Integer> parcels = new TreeSet<>(tx.labels().parcels(shipment));
        if (parcels.equals(ONE)) {
            return parcels;
        }
        parcels.addAll(numbers(tx, shipment).keySet());
        return parcels;
    }

    /** Its parcels' tracking numbers, those of the whole shipment left out. */
    private static Map<Integer, String> numbers(Tx tx, String shipment) {
        Map<Integer, String> numbers = new TreeMap<>();
        tx.numbers().of(shipment).stream()
                .filter(number -> number.kind().equals("tracking") && number.parcel() > 0)
                .forEach(number -> numbers.put(number.parcel(), number.numberValue()));
        return numbers;
    }

    /** Keeps what the carrier prints once more: all the labels it has of the shipment. */
    private boolean isPrintedAgain(ShipmentRow row, String format) {
        if (row.imported()
                || row.carrierShipment() == null
                || row.state() != ShipmentState.LABELLED
                || ledger.read(tx -> tx.erasure().isErased(row.orderUid()))) {
            return false;
        }
        LabelRequest wish = new LabelRequest(format, row.labelSize(), row.labelDpi());
        Optional<Account> account = accounts.find(String.valueOf(row.account()));
        if (account.isPresent() && fetch(account.get(), row, wish) instanceof Fetched.Ready ready) {
            keep(row, ready.label().documents());
            return true;
        }
        return false;
    }

    /** Unless the order was forgotten while it was printed: its recipient is on it. */
    private void keep(ShipmentRow row, List<Label.Document> printed) {
        ledger.commitAll(tx -> {
            Recording.lock(tx, row);
            if (!tx.erasure().isErased(row.orderUid())) {
                tx.labels().keepAgain(Sale.papers(row.id(), new Label(printed)).toList());
            }
        });
    }

    private Optional<byte[]> kept(ShipmentRow row, int parcel, String format) {
        return ledger.read(tx -> tx.labels().label(row.id(), parcel, format)).map(LabelBook.Paper::bytes);
    }

    /** By the shipment's number and, of several parcels, by theirs. */
    private Fetched fetch(Account account, ShipmentRow row, LabelRequest request) {
        Map<Integer, String> numbers = ledger.read(tx -> numbers(tx, row.id()));
        return account.carrier().fetch(new ShipmentId(String.valueOf(row.carrierShipment())), request.of(numbers));
    }
}
