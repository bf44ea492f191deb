package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * T1 of an account's workers. While one commit is under way the next intents gather, and go to disk in one commit
 * together; each is claimed, or lost, by itself.
 */
final class Intents {
    private static final int TOGETHER = 32;

    private final Ledger ledger;
    private final Account account;
    private final Permit permit;
    private final AfterRestore hold;
    private final String node;
    private final Duration lease;
    private final Outside outside;
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** @param claimed completes once the intent is on disk, or is lost */
    private record Waiting(Intent intent, CompletableFuture<Boolean> claimed) {}

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
    }

    /** @return whether the shipment is ours to buy: its claim and its attempt are on disk */
    boolean commit(Intent intent) {
        Waiting mine = new Waiting(intent, new CompletableFuture<>());
        if (outside.gathers()) {
            together(mine);
        } else {
            settle(List.of(mine));
        }
        try {
            return mine.claimed().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void together(Waiting mine) {
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.claimed().isDone()) {
                decide(gathered());
            }
        } finally {
            turn.unlock();
        }
    }

    private List<Waiting> gathered() {
        List<Waiting> gathered = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            gathered.add(next);
            if (gathered.size() == TOGETHER) {
                break;
            }
        }
        return gathered;
    }

    private void decide(List<Waiting> gathered) {
        Predicate<Waiting> limited = each -> permit.isLimited(each.intent().order());
        gathered.stream().filter(limited).forEach(each -> settle(List.of(each)));
        settle(gathered.stream().filter(limited.negate()).toList());
    }

    /** Those that cannot go together go alone, so that none breaks another's. */
    private void settle(List<Waiting> together) {
        if (together.isEmpty()) {
            return;
        }
        try {
            Set<String> refs = ledger.commit(
                    tx -> claim(tx, together.stream().map(Waiting::intent).toList()));
            together.forEach(each -> each.claimed()
                    .complete(refs.contains(each.intent().attempt().ref())));
        } catch (RuntimeException | Error e) {
            if (together.size() == 1) {
                together.get(0).claimed().completeExceptionally(e);
            } else {
                together.forEach(each -> settle(List.of(each)));
            }
        }
    }

    /** @return the refs of those that are ours to buy */
    private Set<String> claim(Tx tx, List<Intent> intents) {
        if (Permit.isOff(tx, account)) {
            return Set.of();
        }
        List<Intent> permitted = intents.stream()
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
        tx.attempts().open(claimed.stream().map(Intent::opening).toList(), node);
        claimed.forEach(intent -> hold.goesOn(tx, intent.row()));
        Failpoint.BEFORE_T1_COMMIT.here();
        return claimed.stream().map(intent -> intent.attempt().ref()).collect(Collectors.toSet());
    }
}
