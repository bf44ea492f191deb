package io.waybill.dispatch;

import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * T1 of an account's workers. While one commit is under way the next intents gather, and go to disk in one commit
 * together; each is claimed, or lost, by itself.
 */
final class Intents {
    private static final int TOGETHER = 32;

    private final Ledger ledger;
    private final String node;
    private final Duration lease;
    private final ConcurrentLinkedQueue<Intent> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** Guarded by {@link #turn}. */
    private static final class Intent {
        final ShipmentRow row;
        final AttemptRow attempt;
        @Nullable Boolean claimed;
        @Nullable RuntimeException broke;

        Intent(ShipmentRow row, AttemptRow attempt) {
            this.row = row;
            this.attempt = attempt;
        }

        boolean isDecided() {
            return claimed != null || broke != null;
        }
    }

    Intents(Ledger ledger, String node, Duration lease) {
        this.ledger = ledger;
        this.node = node;
        this.lease = lease;
    }

    /** @return whether the shipment is ours to buy: its claim and its attempt are on disk */
    boolean commit(ShipmentRow row, AttemptRow attempt) {
        Intent mine = new Intent(row, attempt);
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.isDecided()) {
                decide(gathered());
            }
        } finally {
            turn.unlock();
        }
        if (mine.broke != null) {
            throw mine.broke;
        }
        return Boolean.TRUE.equals(mine.claimed);
    }

    private List<Intent> gathered() {
        List<Intent> gathered = new ArrayList<>();
        for (Intent next = waiting.poll(); next != null; next = gathered.size() < TOGETHER ? waiting.poll() : null) {
            gathered.add(next);
        }
        return gathered;
    }

    /** When they cannot go together, each goes alone, so that none breaks another's. */
    private void decide(List<Intent> intents) {
        try {
            List<Boolean> claimed = ledger.commit(tx -> claim(tx, intents));
            IntStream.range(0, claimed.size()).forEach(i -> intents.get(i).claimed = claimed.get(i));
        } catch (RuntimeException e) {
            if (intents.size() > 1) {
                intents.forEach(intent -> decide(List.of(intent)));
            } else {
                intents.get(0).broke = e;
            }
        }
    }

    private List<Boolean> claim(Tx tx, List<Intent> intents) {
        List<Boolean> claimed =
                tx.purchases().claim(intents.stream().map(intent -> intent.row).toList(), node, lease);
        tx.attempts()
                .open(
                        IntStream.range(0, intents.size())
                                .filter(claimed::get)
                                .mapToObj(i -> intents.get(i).attempt)
                                .toList(),
                        node);
        return claimed;
    }
}
