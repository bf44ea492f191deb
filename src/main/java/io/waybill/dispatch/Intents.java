package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Asked;
import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.Gathering;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * T1 of an account's workers, in shared commits; each intent is claimed, or lost, by itself. One under a spending limit
 * goes alone, because it holds the limit until its commit.
 */
final class Intents {
    private final Ledger ledger;
    private final Account account;
    private final Permit permit;
    private final AfterRestore hold;
    private final String node;
    private final Duration lease;
    private final Outside outside;
    private final Gathering<Intent, OptionalLong> gathering;

    Intents(
            Ledger ledger,
            Account account,
            Permit permit,
            AfterRestore hold,
            String node,
            Duration lease,
            Outside outside) {
        this.outside = outside;
        this.ledger = ledger;
        this.account = account;
        this.permit = permit;
        this.hold = hold;
        this.node = node;
        this.lease = lease;
        this.gathering = new Gathering<>(ledger, this::together);
    }

    /**
     * Claims the shipment and puts the intent on disk.
     *
     * @return when, by {@link Outside#nanos} and no later than the claim; empty when the shipment is not ours to buy
     */
    OptionalLong commit(Intent intent) {
        boolean alone = !outside.gathers() || isLimited(intent.order());
        return (alone ? Optional.<OptionalLong>empty() : gathering.commit(intent))
                .orElseGet(() -> ledger.commit(tx -> claim(tx, List.of(intent)).get(0)));
    }

    /** What goes to disk with an order that is bought from its first moment. */
    Claim claim(Intent intent) {
        return new Claim(intent.opening(node), lease);
    }

    /** No later than a claim that is asked for next; see {@link #commit}. */
    long now() {
        return outside.nanos();
    }

    boolean isLimited(OrderRow order) {
        return permit.isLimited(order);
    }

    private List<Optional<OptionalLong>> together(Tx tx, List<Intent> intents) {
        return claim(tx, intents).stream().map(Optional::of).toList();
    }

    /** @return for each when it was claimed; empty for one that is not ours to buy */
    private List<OptionalLong> claim(Tx tx, List<Intent> intents) {
        long now = outside.nanos();
        Set<String> claimed = claimed(tx, intents);
        return intents.stream()
                .map(intent -> claimed.contains(intent.attempt().ref()) ? OptionalLong.of(now) : OptionalLong.empty())
                .toList();
    }

    private record Asking(Asked<Boolean> isOff, Asked<Set<String>> labelsOff) {}

    /** @return the refs of those that are ours to buy */
    private Set<String> claimed(Tx tx, List<Intent> intents) {
        Asking asking = tx.together(
                () -> new Asking(Permit.isOff(tx, account), tx.rollout().askOff(Stage.LABELS)));
        if (asking.isOff().get()) {
            return Set.of();
        }
        Set<String> off = asking.labelsOff().get();
        List<Intent> permitted = intents.stream()
                .filter(intent -> Permit.isOn(tx, off, intent.order(), intent.row()))
                .filter(intent -> permit.isWithinLimits(
                        tx, intent.order(), intent.row(), intent.buyer().labels()))
                .toList();
        List<Boolean> won =
                tx.purchases().claim(permitted.stream().map(Intent::row).toList(), node, lease);
        List<Intent> claimed = new ArrayList<>();
        for (int i = 0; i < permitted.size(); i++) {
            if (won.get(i)) {
                claimed.add(permitted.get(i));
            }
        }
        tx.attempts().open(claimed.stream().map(intent -> intent.opening(node)).toList());
        claimed.forEach(intent -> hold.goesOn(tx, intent.row()));
        Failpoint.BEFORE_T1_COMMIT.here();
        return claimed.stream().map(intent -> intent.attempt().ref()).collect(Collectors.toSet());
    }
}
