package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Asks carriers to take back the labels that are to be voided, again and again until they answer. */
final class VoidCalls {
    private static final Logger LOG = LoggerFactory.getLogger(VoidCalls.class);

    /** Between two times a carrier is asked that did not answer. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(60);

    /** A void that has no answer for so long is told to a person, and goes on. */
    static final Duration UNANSWERED = Duration.ofMinutes(15);

    private final Ledger ledger;
    private final Accounts accounts;
    private final VoidAnswers answers;

    /** @param patience how long a void may have no answer before a person is told: {@link #UNANSWERED} but in tests */
    VoidCalls(Ledger ledger, Accounts accounts, Duration patience) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.answers = new VoidAnswers(ledger, accounts, patience);
    }

    /** @throws ProblemException {@code void-not-offered}, {@code void-refused} where its account has another carrier by now */
    void requireOffered(ShipmentRow row) {
        account(row).flatMap(account -> Shipments.elsewhere(account, row)).ifPresent(why -> {
            throw new ProblemException(Problem.of(
                    DispatchCode.VOID_REFUSED,
                    "id",
                    row.id(),
                    "reason",
                    "other_carrier",
                    "words",
                    why + ": ask for it then"));
        });
        if (account(row).map(Account::carrier).filter(Voids.class::isInstance).isEmpty()) {
            throw new ProblemException(
                    Problem.of(DispatchCode.VOID_NOT_OFFERED, "carrier", String.valueOf(row.carrier())));
        }
    }

    /** @throws ProblemException {@code void-refused} */
    void askNow(String shipment) {
        ask(shipment).ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
    }

    /** @return the problem the carrier refused it with; empty where it did not refuse, or the shipment is not to be voided any more */
    Optional<Problem> ask(String shipment) {
        return ask(
                ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow());
    }

    /** Those of an account whose time has come. */
    boolean askAgain(String account) {
        List<ShipmentRow> rows = ledger.read(tx -> tx.due().of(account, ShipmentState.VOIDING, 20));
        rows.forEach(this::askOrPostpone);
        return rows.size() == 20;
    }

    /** One that cannot be looked after makes room for the others. */
    private void askOrPostpone(ShipmentRow row) {
        try {
            ask(row);
        } catch (RuntimeException e) {
            LOG.atLevel(LedgerFailure.telling(e, Level.ERROR))
                    .setCause(e)
                    .log("what became of the void of {} could not be written down", row.id());
            ledger.commitAll(tx -> tx.shipments().postpone(row, ASK_AGAIN));
        }
    }

    private Optional<Problem> ask(ShipmentRow row) {
        Optional<Account> account = account(row);
        if (account.isEmpty() || row.state() != ShipmentState.VOIDING) {
            return Optional.empty();
        }
        AttemptRow sale = ledger.read(tx -> Refunds.sale(tx, row));
        Voided answer = Shipments.elsewhere(account.get(), row)
                .<Voided>map(Voided.Unknown::new)
                .orElseGet(() -> cancel(account.get().carrier(), row, sale));
        Failpoint.VOID_SENT.here();
        return answers.record(row, sale, answer);
    }

    /** Asked again like one that did not answer: an adapter that breaks, and an account whose carrier now voids nothing. */
    private static Voided cancel(Carrier carrier, ShipmentRow row, AttemptRow sale) {
        if (!(carrier instanceof Voids voids)) {
            return new Voided.Unknown("the carrier the account has now cannot void labels");
        }
        try {
            return voids.cancel(new ShipmentId(String.valueOf(row.carrierShipment())), Refs.of(sale));
        } catch (RuntimeException e) {
            LOG.error("the void of {} could not be asked for", row.id(), e);
            return new Voided.Unknown(Words.of(e));
        }
    }

    private Optional<Account> account(ShipmentRow row) {
        return accounts.find(String.valueOf(row.account()));
    }
}
