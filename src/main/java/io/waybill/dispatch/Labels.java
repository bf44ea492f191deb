package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labels that come after the purchase, and labels in another format. */
final class Labels {
    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

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

    boolean askForLabelsToCome(String account) {
        List<ShipmentRow> rows = ledger.read(tx -> tx.shipments().due(account, ShipmentState.BOUGHT, 20));
        rows.forEach(this::askOrPostpone);
        return rows.size() == 20;
    }

    /** One whose adapter breaks makes room for the others. */
    private void askOrPostpone(ShipmentRow row) {
        try {
            ask(row);
        } catch (RuntimeException e) {
            LOG.error("the label of {} could not be asked for", row.id(), e);
            ledger.commitAll(tx -> tx.shipments().postpone(row, wait(row)));
        }
    }

    private void ask(ShipmentRow row) {
        Optional<Account> account = accounts.find(String.valueOf(row.account()));
        Fetched fetched = account.<Fetched>map(known -> fetch(known, row, Shipments.label(row)))
                .orElseGet(() -> new Fetched.NotYet("the account is no longer configured"));
        if (fetched instanceof Fetched.Ready ready) {
            recording.labelCame(row, ready.label());
            done.accept(row.orderUid());
        } else {
            ledger.commitAll(tx -> tx.shipments().postpone(row, wait(row)));
        }
    }

    /** A tenth of the time waited so far, at least the first pause and at most ten minutes. */
    private Duration wait(ShipmentRow row) {
        Instant since = Objects.requireNonNull(row.boughtAt());
        Duration tenth = Duration.between(since, ledger.read(Tx::now)).dividedBy(10);
        Duration longer = tenth.compareTo(settings.labelPoll()) > 0 ? tenth : settings.labelPoll();
        return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    }

    /** One parcel's label in a format: from the ledger, else from the carrier, which is then kept. */
    Optional<byte[]> label(ShipmentRow row, int parcel, String format) {
        Optional<byte[]> kept = kept(row, parcel, format);
        if (kept.isPresent() || row.carrierShipment() == null || row.state() != ShipmentState.LABELLED) {
            return kept;
        }
        Optional<Account> account = accounts.find(String.valueOf(row.account()));
        if (account.isPresent()
                && fetch(account.get(), row, new LabelRequest(format, row.labelSize(), row.labelDpi()))
                        instanceof Fetched.Ready ready) {
            ledger.commitAll(tx -> ready.label()
                    .documents()
                    .forEach(paper -> tx.labels()
                            .keep(
                                    row.id(),
                                    new LabelBook.Paper(
                                            paper.kind(),
                                            paper.parcel(),
                                            paper.format(),
                                            paper.size(),
                                            paper.bytes()))));
        }
        return kept(row, parcel, format);
    }

    private Optional<byte[]> kept(ShipmentRow row, int parcel, String format) {
        return ledger.read(tx -> tx.labels().label(row.id(), parcel, format)).map(LabelBook.Paper::bytes);
    }

    private static Fetched fetch(Account account, ShipmentRow row, LabelRequest request) {
        return account.carrier().fetch(new ShipmentId(String.valueOf(row.carrierShipment())), request);
    }
}
