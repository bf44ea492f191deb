package io.waybill.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All that is left to chance in one history, from one seed, and the history it makes. */
final class Chance implements Outside {
    private static final int LONGEST_HISTORY = 2_000;

    private final SplittableRandom random;
    private final Stage stage;
    private final List<String> history = new ArrayList<>();
    /** From now on nobody is held up. */
    boolean calm;

    Chance(long seed, Stage stage) {
        this.random = new SplittableRandom(seed);
        this.stage = stage;
    }

    /** True in so many of a hundred cases. */
    boolean of(int percent) {
        return random.nextInt(100) < percent;
    }

    int upTo(long most) {
        return random.nextInt((int) most);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    void tell(String line) {
        Stage.Actor actor = Stage.acting();
        String who = actor == null ? "" : actor.process.name + " " + actor.name + ": ";
        history.add("%9.3f s  %s%s".formatted(VirtualTime.millis() / 1000.0, who, line));
        if (history.size() > LONGEST_HISTORY) {
            throw new AssertionError("this history does not end");
        }
    }

    List<String> history() {
        return history;
    }

    /** Something outside this process is waited for: others move meanwhile, and it may take long. */
    void wait(String what) {
        Stage.Actor actor = Stage.acting();
        if (actor == null) {
            return;
        }
        tell(what);
        if (!calm) {
            actor.sleepsUntil = VirtualTime.millis() + (of(70) ? upTo(3_000) : upTo(of(80) ? 28_000 : 300_000));
            stage.standStill();
        }
    }

    /** The process of whoever acts is not killed until its part is over. */
    void spare() {
        Stage.Actor actor = Stage.acting();
        if (actor != null) {
            actor.spared = true;
        }
    }

    @Override
    public long nanos() {
        return VirtualTime.millis() * 1_000_000;
    }

    @Override
    public long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    @Override
    public boolean gathers() {
        return false;
    }
}
