package io.waybill.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Everything of dispatch that runs again and again, and who says whether it may. */
final class Workers implements AutoCloseable {
    private final List<Buyers> buyers = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
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

    /** Nothing is claimed any more; what is under way finishes first. */
    @Override
    public void close() {
        buyers.parallelStream().forEach(Buyers::close);
        loops.parallelStream().forEach(Loop::close);
    }

    List<Loop> loops() {
        return loops;
    }

    List<Buyers> buyers() {
        return buyers;
    }
}
