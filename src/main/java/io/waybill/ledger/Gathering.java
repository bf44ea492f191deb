package io.waybill.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Commits that are shared: while some are under way, the works that come meanwhile gather and go to disk in one commit.
 * What is waited for is the disk, and what is saved are statements. A work that cannot go with others, or whose shared
 * commit failed, is handed back to go alone, so that none breaks another's.
 *
 * @param <W> what one caller wants done
 * @param <R> what came of it
 */
public final class Gathering<W, R> {
    private static final int TOGETHER = 64;

    /** Where works keep coming, a commit waits so long for more of them: what many share costs each the less. */
    private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(3);

    /** A commit that takes longer, because of a lock or a disk, is not waited for: who has waited so long commits beside it. */
    private static final long PATIENCE_MILLIS = 200;

    private final BiFunction<List<W>, Runnable, List<Optional<R>>> together;
    private final ConcurrentLinkedQueue<Waiting<W, R>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private volatile boolean wasShared;

    /** The works of one commit. */
    @FunctionalInterface
    public interface Together<W, R> {
        /** @return for each work, in their order, what came of it; empty when it must go alone, and then nothing was changed for it */
        List<Optional<R>> on(Tx tx, List<W> works);
    }

    private static final class Waiting<W, R> {
        private final W work;

        /** Completes with true for whom is to commit for all that wait, with false once {@code result} is known. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private Optional<R> result = Optional.empty();

        Waiting(W work) {
            this.work = work;
        }

        /** Whether it is to commit, or somebody has committed for it. */
        boolean isDecidedSoon() {
            try {
                turn.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public Gathering(Ledger ledger, Together<W, R> together) {
        this((works, done) -> ledger.commit(tx -> {
            List<Optional<R>> results = together.on(tx, works);
            done.run();
            return results;
        }));
    }

    /** @param together what is done with the works that came together */
    Gathering(Function<List<W>, List<Optional<R>>> together) {
        this((works, done) -> together.apply(works));
    }

    /** @param together what is done with the works that came together; it runs what it is given once only the disk is waited for */
    private Gathering(BiFunction<List<W>, Runnable, List<Optional<R>>> together) {
        this.together = together;
    }

    /**
     * Waits until the work is on disk.
     *
     * @return what came of it; empty when it must go alone. Its shared commit may yet have reached the disk, as any that fails may
     */
    public Optional<R> commit(W work) {
        Waiting<W, R> mine = new Waiting<>(work);
        waiting.add(mine);
        passTurn();
        if (!mine.isDecidedSoon() && waiting.remove(mine)) {
            commitFor(mine, () -> {});
        } else if (mine.turn.join()) {
            Runnable giveUp = once(() -> {
                isTaken.set(false);
                passTurn();
            });
            try {
                breathe();
                commitFor(mine, giveUp);
            } finally {
                giveUp.run();
            }
        }
        return mine.result;
    }

    /** {@link #commit} that waits for nobody and takes nobody along. */
    public Optional<R> commitNow(W work) {
        Waiting<W, R> mine = new Waiting<>(work);
        settle(List.of(mine), () -> {});
        return mine.result;
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean isDone = new AtomicBoolean();
        return () -> {
            if (isDone.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    /** Whoever has waited longest commits next, one at a time. */
    private void passTurn() {
        while (!waiting.isEmpty() && isTaken.compareAndSet(false, true)) {
            Waiting<W, R> next = waiting.poll();
            if (next != null) {
                next.turn.complete(true);
                return;
            }
            isTaken.set(false);
        }
    }

    private void breathe() {
        if (wasShared) {
            LockSupport.parkNanos(BREATH);
        }
    }

    /** For all that wait, and this one, which does not any more. */
    private void commitFor(Waiting<W, R> mine, Runnable done) {
        List<Waiting<W, R>> gathered = gathered(mine);
        try {
            settle(gathered, done);
        } finally {
            gathered.forEach(each -> each.turn.complete(false));
        }
    }

    private List<Waiting<W, R>> gathered(Waiting<W, R> mine) {
        List<Waiting<W, R>> gathered = new ArrayList<>(List.of(mine));
        while (gathered.size() < TOGETHER) {
            Waiting<W, R> next = waiting.poll();
            if (next == null) {
                break;
            }
            gathered.add(next);
        }
        wasShared = gathered.size() > 1;
        return gathered;
    }

    private void settle(List<Waiting<W, R>> gathered, Runnable done) {
        List<W> works = gathered.stream().map(each -> each.work).toList();
        List<Optional<R>> results;
        try {
            results = together.apply(works, done);
        } catch (RuntimeException | Error e) {
            return; // each goes alone, and meets what is wrong by itself
        }
        for (int i = 0; i < gathered.size(); i++) {
            gathered.get(i).result = results.get(i);
        }
    }
}
