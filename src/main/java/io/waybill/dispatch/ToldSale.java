package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The sale a person tells of, where the carrier's answer was lost: under numbers that are no other shipment's. */
record ToldSale(Ledger ledger) {
    /** @throws ProblemException {@code number-needed}, {@code number-taken} */
    Outcome.Bought of(ShipmentRow row, Account account, Resolution resolution) {
        return sale(resolution, number(row, account, resolution), Optional.empty());
    }

    /**
     * The same with its label, where that is not to come later.
     *
     * @throws ProblemException as {@link #of}; {@code label-unreadable}
     */
    Outcome.Bought readable(ShipmentRow row, Account account, Resolution resolution) {
        String number = number(row, account, resolution);
        return sale(resolution, number, printable(account, row, number));
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
        requireFree(row, number, "/carrierShipment", tx -> {
            List<String> owners = new ArrayList<>(tx.numbers().shipments(number));
            owners.addAll(tx.numbers().sold(account.name(), number));
            return owners;
        });
        String tracking = resolution.trackingNumber();
        if (tracking != null) {
            requireFree(row, tracking, "/trackingNumber", tx -> tx.numbers().shipments(tracking));
        }
        return number;
    }

    private void requireFree(ShipmentRow row, String number, String field, Function<Tx, List<String>> owners) {
        if (ledger.read(owners).stream().anyMatch(owner -> !owner.equals(row.id()))) {
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
        return new Outcome.Bought(
                new ShipmentId(number),
                List.of(new ExternalNumber("tracking", 1, tracking)),
                List.of(),
                label,
                new byte[0]);
    }
}
