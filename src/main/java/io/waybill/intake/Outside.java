package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutsideBook;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.order.OutsideLabel;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The door for labels that were bought outside this hub. An order that has one is labelled: it is followed, written back and
 * matched to invoices like any other, and never bought again by any channel.
 */
public final class Outside implements Intake.Door {
    private final Ledger ledger;
    private final Orders orders;
    private final Accounts accounts;
    private final Sources sources;
    private final Runnable wake;

    /** @param wake called after a commit that wrote events */
    public Outside(Ledger ledger, Orders orders, Accounts accounts, Sources sources, Runnable wake) {
        this.ledger = ledger;
        this.orders = orders;
        this.accounts = accounts;
        this.sources = sources;
        this.wake = wake;
    }

    /**
     * Takes one label in, on disk when this returns. The same again adds nothing; another cost adds what it differs by;
     * {@code voided} takes it back.
     *
     * @throws ProblemException {@code unknown-source}; every other problem is in the answer
     */
    public Taken take(Submission submission) {
        Function<Tx, Taken> work;
        try {
            work = work(submission);
        } catch (ProblemException e) {
            String id = submission.canonical().path("orderId").asText("");
            return new Taken(Result.REJECTED, null, id.isEmpty() ? null : id, e.problems());
        }
        Taken taken = ledger.commit(tx -> Shadow.unless(submission, work).apply(tx));
        wake.run();
        return taken;
    }

    /** The namespace a label of this source is for: its own, else the source's. */
    public String namespaceOf(String source, JsonNode canonical) {
        return sources.namespaceOf(source, canonical);
    }

    @Override
    public Function<Tx, Taken> work(Submission submission) {
        OutsideLabel label = orders.readOutsideLabel(submission.canonical());
        requireAmount(label);
        String namespace = sources.namespaceOf(submission);
        OutsideBook.Label known = known(label, namespace);
        return tx -> new OutsideAdmission(tx, submission, label, namespace, known).admit();
    }

    /** As of invoices: where a currency has no decimals, three of them may be thousands, and others are no amount. */
    private static void requireAmount(OutsideLabel label) {
        Money cost = label.cost();
        if (cost != null
                && cost.currency().getDefaultFractionDigits() == 0
                && (cost.amount().stripTrailingZeros().scale() > 0
                        || (cost.amount().scale() == 3 && cost.amount().signum() != 0))) {
            throw new ProblemException(Problem.of(
                            IntakeCode.OUTSIDE_COST_TOO_FINE,
                            "value",
                            cost.amount().toPlainString(),
                            "currency",
                            cost.currency().getCurrencyCode())
                    .at("/cost/amount"));
        }
    }

    private OutsideBook.Label known(OutsideLabel label, String namespace) {
        Optional<Account> account = Optional.ofNullable(label.account()).map(name -> account(name, namespace));
        String carrier = account.map(Account::carrierId).orElse(label.carrier());
        if (carrier == null) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "carrier").at("/carrier"));
        }
        if (label.carrier() != null && !label.carrier().equalsIgnoreCase(carrier)) {
            throw new ProblemException(Problem.of(
                            IntakeCode.OUTSIDE_OTHER_CARRIER,
                            "carrier",
                            label.carrier(),
                            "account",
                            label.account(),
                            "is",
                            carrier)
                    .at("/carrier"));
        }
        return new OutsideBook.Label(
                account.map(Account::name).orElse(OutsideBook.NO_ACCOUNT),
                carrier,
                label.service(),
                label.trackingNumber(),
                label.date().atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private Account account(String name, String namespace) {
        List<Account> serving = accounts.serving(namespace);
        return serving.stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                                OrderCode.UNKNOWN_ACCOUNT,
                                "account",
                                name,
                                "known",
                                serving.stream().map(Account::name).collect(Collectors.joining(", ")))
                        .at("/account")));
    }
}
