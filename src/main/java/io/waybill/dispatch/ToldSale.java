package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** The sale a person tells of, where the carrier's answer was lost: under numbers that are no other shipment's. */
record ToldSale(Ledger ledger) {
    /** @throws ProblemException {@code number-needed}, {@code number-taken} */
    Outcome.Bought of(ShipmentRow row, Account account, Resolution resolution) {
        return sale(resolution, number(row, account, resolution), Optional.empty());
    }

    /**
     * The same with its label, where that is not to come later. Another carrier than the attempt was made with could not tell.
     *
     * @throws ProblemException as {@link #of}; {@code label-unreadable}
     */
    Outcome.Bought readable(ShipmentRow row, Account account, AttemptRow attempt, Resolution resolution) {
        String number = number(row, account, resolution);
        boolean isTheirs = account.isOf(attempt.carrier());
        return sale(resolution, number, isTheirs ? printable(account, row, number) : Optional.empty());
    }

    private String number(ShipmentRow row, Account account, Resolution resolution) {
        String number = resolution.number();
        if (number == null) {
            throw new ProblemException(Problem.of(
                            DispatchCode.NUMBER_NEEDED,
                            "action",
                            resolution.action().text())
                    .at("/carrierShipment"));
        }
        return ledger.read(tx -> {
            requireFree(tx, row, account, resolution, number);
            return number;
        });
    }

    /**
     * Once more in the transaction that writes the sale: until it is over, nobody else tells of one at this account.
     *
     * @throws ProblemException {@code number-taken}
     */
    static void requireStillFree(Tx tx, ShipmentRow row, Account account, Resolution resolution, Outcome.Bought sale) {
        tx.numbers().hold(account.name());
        requireFree(tx, row, account, resolution, sale.id().value());
    }

    private static void requireFree(Tx tx, ShipmentRow row, Account account, Resolution resolution, String number) {
        requireOwn(row, tx.numbers().shipments(number), number, "/carrierShipment");
        requireOwn(row, tx.numbers().sold(account.name(), number), number, "/carrierShipment");
        String tracking = resolution.trackingNumber();
        if (tracking != null) {
            requireOwn(row, tx.numbers().shipments(tracking), tracking, "/trackingNumber");
        }
    }

    private static void requireOwn(ShipmentRow row, List<String> owners, String number, String field) {
        if (owners.stream().anyMatch(owner -> !owner.equals(row.id()))) {
            throw new ProblemException(
                    Problem.of(DispatchCode.NUMBER_TAKEN, "number", number).at(field));
        }
    }

    /** A number nobody can print is not taken for a label: it may be mistyped. */
    private static Optional<Label> printable(Account account, ShipmentRow row, String number) {
        Fetched fetched = account.carrier().fetch(new ShipmentId(number), Shipments.label(row));
        if (fetched instanceof Fetched.Gone gone) {
            throw new ProblemException(Problem.of(
                    DispatchCode.LABEL_UNREADABLE, "account", account.name(), "number", number, "why", gone.why()));
        }
        return fetched instanceof Fetched.Ready ready ? Optional.of(ready.label()) : Optional.empty();
    }

    private static Outcome.Bought sale(Resolution resolution, String number, Optional<Label> label) {
        String tracking = resolution.trackingNumber() == null ? number : resolution.trackingNumber();
        ShipmentId id = new ShipmentId(number);
        return new Outcome.Bought(id, ExternalNumber.ofParcels(id, List.of(tracking)), List.of(), label, new byte[0]);
    }
}
