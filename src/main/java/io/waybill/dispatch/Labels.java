package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Documents;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The labels of a shipment as they are kept, and as its carrier prints them once more: in another format, or with the papers beside. */
final class Labels {
    private static final Set<Integer> ONE = Set.of(1);

    private final Ledger ledger;
    private final Accounts accounts;

    Labels(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /** What is kept; once more from the carrier where nothing but labels is, it prints its papers again, and the order was not forgotten. */
    List<LabelBook.Paper> papers(ShipmentRow row) {
        List<LabelBook.Paper> kept = ledger.read(tx -> tx.labels().of(row.id()));
        boolean labelsOnly = kept.stream().allMatch(paper -> paper.kind().endsWith("label"));
        Optional<Documents> carrier = seller(row)
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
        Optional<Account> account = seller(row);
        if (account.isPresent() && fetch(account.get(), row, wish) instanceof Fetched.Ready ready) {
            keep(row, ready.label().documents());
            return true;
        }
        return false;
    }

    /** Its account, while that has the carrier the label was sold by. */
    private Optional<Account> seller(ShipmentRow row) {
        return accounts.find(String.valueOf(row.account())).filter(account -> account.isOf(row.carrier()));
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

    /** One that was sold without: from the address its carrier told when it sold it, or as the carrier prints it. */
    Fetched fetchFirst(Account account, ShipmentRow row, LabelRequest request) {
        Optional<Fetched> told = account.carrier() instanceof LabelsByAddress addresses
                ? fromAddress(addresses, row, request)
                : Optional.empty();
        return told.orElseGet(() -> fetch(account, row, request));
    }

    private Optional<Fetched> fromAddress(LabelsByAddress carrier, ShipmentRow row, LabelRequest request) {
        Optional<AttemptRow> sale = ledger.read(tx -> tx.attempts().sold(row.id()));
        Optional<byte[]> answer =
                sale.flatMap(attempt -> ledger.read(tx -> tx.attempts().answer(attempt.ref())));
        return answer.flatMap(
                said -> carrier.reread(number(row), sale.orElseThrow().requestBytes(), said, of(row, request)));
    }

    /** By the shipment's number and, of several parcels, by theirs. */
    private Fetched fetch(Account account, ShipmentRow row, LabelRequest request) {
        return account.carrier().fetch(number(row), of(row, request));
    }

    private static ShipmentId number(ShipmentRow row) {
        return new ShipmentId(String.valueOf(row.carrierShipment()));
    }

    private LabelRequest of(ShipmentRow row, LabelRequest request) {
        return request.of(ledger.read(tx -> numbers(tx, row.id())));
    }
}
