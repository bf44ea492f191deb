package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Asked;
import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Gathering;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
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
    private final Doubts doubts;
    private final Gathering<Intent, OptionalLong> gathering;

    Intents(
            Ledger ledger,
            Account account,
            Permit permit,
            AfterRestore hold,
            String node,
            Duration lease,
            Outside outside,
            Doubts doubts) {
        this.outside = outside;
        this.doubts = doubts;
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
        AttemptRow attempt = intent.attempt();
        if (!doubts.begin(attempt)) {
            return OptionalLong.empty();
        }
        OptionalLong claimed = OptionalLong.empty();
        try {
            claimed = claimed(intent);
        } finally {
            if (claimed.isEmpty()) {
                doubts.end(attempt);
            }
        }
        return claimed;
    }

    /** What came of a claim is on record. */
    void settled(AttemptRow attempt) {
        doubts.end(attempt);
    }

    private OptionalLong claimed(Intent intent) {
        boolean together = outside.gathers() && !isLimited(intent.order());
        Optional<OptionalLong> shared = together ? gathering.commit(intent) : Optional.empty();
        return shared.orElseGet(() -> alone(intent, together));
    }

    /** @param again its claim was part of a commit that failed, or so it seemed */
    private OptionalLong alone(Intent intent, boolean again) {
        OptionalLong claimed;
        try {
            claimed = ledger.commit(tx -> claim(tx, List.of(intent)).get(0));
        } catch (RuntimeException e) {
            giveBack(intent, e);
            throw e;
        }
        if (again && claimed.isEmpty()) {
            doubts.giveBack(intent.attempt());
        }
        return claimed;
    }

    private void giveBack(Intent intent, RuntimeException why) {
        try {
            doubts.giveBack(intent.attempt());
        } catch (RuntimeException e) {
            why.addSuppressed(e); // recovery settles it
        }
    }

    /** What goes to disk with an order that is bought from its first moment. */
    Claim claim(Intent intent) {
        return new Claim(intent.opening(node), lease);
    }

    /** What went to disk with an order, or may have, and is not sent. Where a worker has its ref, it did not. */
    void neverSent(Intent intent) {
        if (doubts.begin(intent.attempt())) {
            try {
                doubts.giveBack(intent.attempt());
            } finally {
                doubts.end(intent.attempt());
            }
        }
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
        List<ShipmentRow> rows = permitted.stream().map(Intent::row).toList();
        List<Boolean> won = tx.purchases().claim(rows, account.carrierId(), node, lease);
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
