package io.waybill.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything of dispatch that runs again and again, and who says whether it may. */
final class Workers implements AutoCloseable {
    private final List<Buyers> buyers = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile BooleanSupplier mayBuy = () -> true;
    private volatile Predicate<String> duties = duty -> true;

    void add(Buyers ofAccount) {
        buyers.add(ofAccount);
    }

    /** What every node does. */
    void add(Loop loop) {
        loops.add(loop);
    }

    /** What one of several nodes does at a time, while it is told that this is its own. */
    void duty(String name, Duration pause, Loop.Task task) {
        loops.add(new Loop(name, pause, () -> duties.test(name) && task.run()));
    }

    void buyWhile(BooleanSupplier said) {
        mayBuy = said;
    }

    boolean mayBuy() {
        return mayBuy.getAsBoolean();
    }

    void doOnly(Predicate<String> said) {
        duties = said;
    }

    void start() {
        loops.forEach(Loop::start);
        buyers.forEach(Buyers::start);
    }

    void wakeBuyers() {
        buyers.forEach(Buyers::wake);
    }

    void claimNoMore() {
        buyers.forEach(Buyers::claimNoMore);
    }

    /**
     * Nothing is claimed any more, of any account; what is under way finishes first, of all accounts at the same time. What did not
     * finish in time is not waited for once more.
     */
    @Override
    public void close() {
        claimNoMore();
        if (over.getAndSet(true)) {
            return;
        }
        ExecutorService each = Executors.newCachedThreadPool();
        atOnce(each, buyers.stream().<Runnable>map(one -> one::close));
        atOnce(each, loops.stream().<Runnable>map(one -> one::close));
        each.shutdown();
    }

    private static void atOnce(Executor each, Stream<Runnable> ends) {
        ends.map(end -> CompletableFuture.runAsync(end, each)).toList().forEach(CompletableFuture::join);
    }

    List<Loop> loops() {
        return loops;
    }

    List<Buyers> buyers() {
        return buyers;
    }
}
