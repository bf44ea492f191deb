package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Ref;
import io.waybill.dispatch.AfterRestore.Subject;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RestoreBook.Restored;
import io.waybill.ledger.ShipmentRow;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purchases that a restored ledger knows nothing of, looked up under the refs they must have had. */
final class ForgottenSales {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenSales.class);
    private static final int REFS = 3;
    private static final int TELL_AFTER = 3;

    private final Accounts accounts;
    private final Unsold unsold;
    private final Tries tries;

    ForgottenSales(Accounts accounts, Unsold unsold, Duration poll) {
        this.accounts = accounts;
        this.unsold = unsold;
        this.tries = new Tries(poll);
    }

    /** A purchase that was made before the restore, and where. */
    record Forgotten(Account account, Ref ref, int attempt, Outcome.Bought bought) {}

    /** What was sold, newest first; who has no look-up; what one says who sold it and tells no more; and who did not answer. */
    record Seen(List<Forgotten> sales, Set<Account> blind, Optional<String> untold, Optional<Silence> silence) {
        /** Why it may have been sold at this account, though it was not found there. */
        Optional<String> unproven(Account account) {
            IdempotencyClass kind = account.carrier().idempotency();
            if (kind == IdempotencyClass.C || blind.contains(account)) {
                return Optional.of("this carrier has no look-up");
            }
            return kind == IdempotencyClass.B && !account.lookUpProven() && !account.isBilledOnScan()
                    ? Optional.of("looked up and not found, which this account does not prove")
                    : Optional.empty();
        }
    }

    record Silence(Account account, String why) {}

    /** The account of this purchase first, then the others its namespace may ship with: a rule may have chosen another then. */
    List<Account> whoMayHaveSold(Account account, OrderRow order) {
        return Stream.concat(
                        Stream.of(account),
                        accounts.serving(order.namespace()).stream()
                                .filter(other -> !other.name().equals(account.name())))
                .toList();
    }

    /** What was sent just before the store was lost may still take effect, at each in its own time. */
    static Duration untilBelievable(Instant now, Restored restore, List<Account> everybody) {
        Duration settle = everybody.stream()
                .map(Account::settle)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return Duration.between(now, restore.restoredAt().plus(settle));
    }

    /** Empty when somebody could not be asked: it is put off. */
    Optional<Seen> search(Subject about, List<Account> everybody) {
        Seen seen = search(about.order(), about.row(), everybody);
        seen.silence().ifPresent(silence -> later(silence.account(), about.order(), about.row(), silence.why()));
        return seen.silence().isPresent() ? Optional.empty() : Optional.of(seen);
    }

    /** Up to who does not answer. */
    Seen search(OrderRow order, ShipmentRow row, List<Account> everybody) {
        Map<String, Forgotten> byNumber = new LinkedHashMap<>();
        Set<Account> blind = new HashSet<>();
        Optional<String> untold = Optional.empty();
        for (Account asked : everybody) {
            for (int attempt = row.attempts() + REFS; attempt > row.attempts(); attempt--) {
                Ref ref = Refs.of(order.namespace(), order.orderId(), row.seq(), attempt);
                Found found = find(asked, ref);
                if (found instanceof Found.Sold sold) {
                    byNumber.merge(
                            sold.bought().id().value(),
                            new Forgotten(asked, ref, attempt, sold.bought()),
                            ForgottenSales::earlierOfOneAccount);
                } else if (found instanceof Found.Unreachable silent) {
                    return new Seen(List.of(), blind, Optional.empty(), Optional.of(new Silence(asked, silent.why())));
                } else if (found instanceof Found.Untold sold) {
                    untold = Optional.of(sold.why());
                } else if (found instanceof Found.Impossible) {
                    blind.add(asked);
                }
            }
        }
        return new Seen(new ArrayList<>(byNumber.values()), blind, untold, Optional.empty());
    }

    private static Found find(Account asked, Ref ref) {
        try {
            return asked.carrier().find(ref);
        } catch (RuntimeException e) {
            LOG.error("the look-up of {} at {} broke", ref.value(), asked.name(), e);
            return new Found.Unreachable("the look-up broke: " + e);
        }
    }

    /** One sale that several refs find, because they share their key, was made by the first of them. */
    private static Forgotten earlierOfOneAccount(Forgotten known, Forgotten earlier) {
        return known.account().equals(earlier.account()) ? earlier : known;
    }

    private void later(Account asked, OrderRow order, ShipmentRow row, String why) {
        int times = tries.broke(row.id());
        Problem problem = Problem.of(
                DispatchCode.LOOK_UP_AFTER_RESTORE, "account", asked.name(), "orderId", order.orderId(), "why", why);
        unsold.notPrepared(row, tries.waitAfter(times), problem, times >= TELL_AFTER);
    }
}
