package io.waybill.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Actors on threads of their own, of whom one moves at a time: each stands still at every commit and every call of a
 * carrier until it is told to go on. So code that blocks is stepped through in an order that chance alone decides.
 */
final class Stage {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "actor");
        thread.setDaemon(true);
        return thread;
    });
    private static final ThreadLocal<Actor> ACTING = new ThreadLocal<>();

    private final Semaphore director = new Semaphore(0);
    private final List<Actor> actors = new ArrayList<>();

    /** A process that may be killed; a killed one never comes back, another takes its place. */
    static final class Process {
        final String name;
        boolean dead;

        Process(String name) {
            this.name = name;
        }
    }

    /** One thread of a process. */
    static final class Actor {
        final Process process;
        final String name;
        private final Semaphore cue = new Semaphore(0);
        private @Nullable Throwable failure;
        private boolean done;
        /** Does not move before this virtual time, milliseconds. */
        long sleepsUntil;
        /** Its process is not killed now. */
        boolean spared;

        Actor(Process process, String name) {
            this.process = process;
            this.name = name;
        }
    }

    /** Sets an actor up; it moves at its first cue. */
    Actor enter(Process process, String name, Runnable part, Consumer<Actor> exit) {
        Actor actor = new Actor(process, name);
        actors.add(actor);
        THREADS.execute(() -> play(actor, part, exit));
        return actor;
    }

    private void play(Actor actor, Runnable part, Consumer<Actor> exit) {
        actor.cue.acquireUninterruptibly();
        ACTING.set(actor);
        try {
            if (!actor.process.dead) {
                part.run();
            }
        } catch (Crash crash) {
            // its process is gone
        } catch (Throwable e) {
            actor.failure = e;
        } finally {
            ACTING.remove();
            actor.done = true;
            exit.accept(actor);
            director.release();
        }
    }

    /** Lets one move until it stands still or is done. Whatever its part threw is thrown here. */
    void cue(Actor actor) {
        actor.cue.release();
        director.acquireUninterruptibly();
        if (actor.done) {
            actors.remove(actor);
        }
        if (actor.failure != null) {
            throw new AssertionError(actor.process.name + " " + actor.name + " broke", actor.failure);
        }
    }

    /** Those who stand and may move. */
    List<Actor> ready() {
        return actors.stream()
                .filter(actor -> actor.sleepsUntil <= VirtualTime.millis() || actor.process.dead)
                .toList();
    }

    List<Actor> all() {
        return List.copyOf(actors);
    }

    static @Nullable Actor acting() {
        return ACTING.get();
    }

    /**
     * The actor stands still here.
     *
     * @throws Crash when its process was killed meanwhile
     */
    void standStill() {
        Actor actor = ACTING.get();
        director.release();
        actor.cue.acquireUninterruptibly();
        if (actor.process.dead) {
            throw new Crash();
        }
    }

    /** Every actor of a killed process is unwound. */
    void clear(Process process) {
        all().stream().filter(actor -> actor.process == process).forEach(this::cue);
    }
}
