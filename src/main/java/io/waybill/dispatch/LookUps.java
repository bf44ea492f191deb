package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks carriers what became of a ref. */
final class LookUps {
    private static final Set<String> NOT_SOLD = Set.of("REFUSED", "NOT_SENT");

    private final Ledger ledger;
    private final Accounts accounts;

    LookUps(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /**
     * Each attempt where it was made, and by the carrier it was made with: between two attempts a shipment may have changed its account, and
     * an account its carrier. Where that one cannot be asked any more only its own no, and what was never sent, is known. A label that was
     * voided as an orphan, or whose void was asked for, counts as never sold, though the carrier still knows it.
     */
    Found find(AttemptRow attempt) {
        Optional<Account> account = accounts.find(attempt.account());
        Optional<String> gone = gone(account, attempt);
        if (gone.isPresent()) {
            return NOT_SOLD.contains(attempt.state()) ? new Found.Nothing() : new Found.Unreachable(gone.get());
        }
        Found found = account.orElseThrow().carrier().find(Refs.of(attempt));
        if (found instanceof Found.Sold sold) {
            return left(attempt, List.of(sold.bought()));
        }
        return found instanceof Found.Untold untold && !untold.several().isEmpty()
                ? left(attempt, untold.several())
                : found;
    }

    /** Whether the settings have the carrier it was made with no more: until they have, no asking again brings an answer. */
    boolean isGone(AttemptRow attempt) {
        return gone(accounts.find(attempt.account()), attempt).isPresent();
    }

    private static Optional<String> gone(Optional<Account> account, AttemptRow attempt) {
        return account.isEmpty()
                ? Optional.of("the account " + attempt.account() + " is no longer configured")
                : Shipments.elsewhere(account.get(), attempt);
    }

    private Found left(AttemptRow attempt, List<Outcome.Bought> sold) {
        List<Outcome.Bought> left =
                sold.stream().filter(sale -> !isGivenBack(attempt, sale)).toList();
        return switch (left.size()) {
            case 0 -> new Found.Nothing();
            case 1 -> new Found.Sold(left.get(0));
            default -> Found.Untold.several(left);
        };
    }

    private boolean isGivenBack(AttemptRow attempt, Outcome.Bought sold) {
        String number = sold.id().value();
        return Orphans.isGivenBack(ledger.read(tx -> tx.orphans().stateOf(attempt.account(), number)));
    }

    /** With its label, where the carrier can print it now. */
    static Outcome.Bought withLabel(Account account, ShipmentRow row, Outcome.Bought sale) {
        if (sale.label().isPresent()) {
            return sale;
        }
        Fetched fetched = account.carrier().fetch(sale.id(), Shipments.label(row));
        return fetched instanceof Fetched.Ready ready
                ? new Outcome.Bought(
                        sale.id(),
                        numbers(sale, ready),
                        sale.charges().isEmpty() ? ready.charges() : sale.charges(),
                        Optional.of(ready.label()),
                        sale.response(),
                        sale.said())
                : sale;
    }

    private static List<ExternalNumber> numbers(Outcome.Bought sale, Fetched.Ready ready) {
        return Stream.concat(sale.numbers().stream(), ready.numbers().stream())
                .distinct()
                .toList();
    }
}
