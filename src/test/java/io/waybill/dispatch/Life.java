package io.waybill.dispatch;

import io.waybill.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One walk through the lives of some orders: what was thrown happens, one thing after another, or while the hub waits for
 * its carrier; then all goes well until nothing is left to do, and the books must agree.
 */
final class Life {
    private static final List<Duration> AUDITS = List.of(
            Duration.ofMinutes(20),
            Duration.ofHours(2),
            Duration.ofHours(25),
            Duration.ofHours(25),
            Duration.ofHours(25),
            Duration.ofHours(2));
    private static final int ROUNDS = 200;
    private static final int DEEPEST = 3;

    private final LifeWorld world;
    private final LifeHub hub;
    private final LifeActs acts;
    private final LifeBooks books;
    private final LifeHistory history = new LifeHistory();
    private final Deque<LifeAct> left = new ArrayDeque<>();

    Life(Ledger ledger, LifeTables tables, LifeTime time, long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        List<LifeCarrier> carriers = List.of(
                new LifeCarrier("fake", dice.nextLong(), history::tell, this::meanwhile),
                new LifeCarrier("spare", dice.nextLong(), history::tell, this::meanwhile),
                LifeCarrier.heir("fake", seed, history::tell, this::meanwhile));
        this.hub = new LifeHub(ledger, history, carriers, dice);
        this.world = new LifeWorld(
                ledger, tables, time, carriers, hub, new LifeDoors(ledger, hub), new LifeKnown(), history);
        this.acts = new LifeActs(world);
        this.books = new LifeBooks(world);
        history.tell(carriers + hub.toString());
    }

    List<String> history() {
        return history.lines();
    }

    /** Called in a transaction that tells sinks something. */
    void telling() {
        hub.telling();
    }

    /** @throws AssertionError when a promise is broken */
    void run(List<LifeAct> thrown) {
        try (hub) {
            left.addAll(thrown);
            while (!left.isEmpty()) {
                act(left.remove());
                books.check();
            }
            calmDown();
            books.checkAtTheEnd();
        }
    }

    private void act(LifeAct act) {
        try {
            acts.perform(act);
        } catch (Crash crash) {
            world.known().died();
            hub.restart();
        }
    }

    /** The hub waits for its carrier. */
    private void meanwhile() {
        LifeAct next = left.peek();
        if (next != null && next.meanwhile() && history.depth() < DEEPEST) {
            left.remove();
            history.meanwhile(() -> acts.perform(next));
        }
    }

    /** Nothing breaks any more, and time passes until nothing is left to do, the audits done. */
    private void calmDown() {
        world.tell("all goes well from here");
        hub.dies(false);
        for (LifeCarrier carrier : world.carriers()) {
            carrier.calm();
            world.ledger().commit(tx -> tx.stops().start(carrier.account().name()));
        }
        hub.restartAll();
        world.pass(60_000);
        settle();
        for (Duration later : AUDITS) {
            hub.otherNode();
            world.pass(later.toMillis());
            settle();
        }
    }

    private void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            // in no simple rhythm: a node without the carrier puts off what the one that has it would do
            hub.turnOfAll(Integer.bitCount(round) % 2 == 1);
            world.doors().desk().releaseDue();
            books.check();
            long next = world.time().untilNextDue();
            if (next < 0) {
                return;
            }
            world.pass(next + 1_000);
        }
        throw new AssertionError("it never comes to rest: " + world.time().standing());
    }
}
