package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the system of a source is asked again: after a refusal when it says, else twice as long as before. Who must put credentials
 * right is told at once, of a system that is away only when it stays away. The log says what is wrong once, and again when it changes or
 * ends. For the one thread that polls.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** How long a system may ask to be left in peace; it may ask again. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    /** How long a system may be away before a person is told. */
    static final Duration USUAL = Duration.ofMinutes(15);

    private final String source;
    private final Positions positions;
    private final Duration every;
    private final Duration patience;
    private final LongSupplier clock;
    private int failures;
    private long notBefore;
    private long failing;
    private boolean heard;
    private @Nullable Problem told;

    /** @param every how often the system is asked while it answers */
    Patience(String source, Positions positions, Duration every) {
        this(source, positions, every, USUAL);
    }

    /** @param patience how long it may be away before a person is told */
    Patience(String source, Positions positions, Duration every, Duration patience) {
        this(source, positions, every, patience, System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    Patience(String source, Positions positions, Duration every, Duration patience, LongSupplier clock) {
        this.source = source;
        this.positions = positions;
        this.every = every;
        this.patience = patience;
        this.clock = clock;
        this.notBefore = clock.getAsLong();
    }

    boolean isOver() {
        return clock.getAsLong() - notBefore >= 0;
    }

    void answered() {
        if (!heard) {
            positions.heard(source);
            heard = true;
        }
        failures = 0;
        if (told != null) {
            LOG.info("source {}: it answers again", source);
            told = null;
        }
    }

    /** As the one below; nothing of why is kept out of the log. */
    void failed(Problem why, Optional<Duration> retryAfter, boolean forPeople) {
        failed(why, why, retryAfter, forPeople);
    }

    /**
     * @param logged what the log shows of why
     * @param retryAfter what the system said itself; a person is told at once of more than the patience there is
     * @param forPeople nothing gets better before somebody acts
     */
    void failed(Problem why, Problem logged, Optional<Duration> retryAfter, boolean forPeople) {
        if (failures++ == 0) {
            failing = clock.getAsLong();
        }
        Duration doubled = every.multipliedBy(1L << Math.min(failures, 12));
        Duration wait = retryAfter.map(said -> atMost(LONGEST_ASKED, said)).orElse(atMost(LONGEST, doubled));
        long now = clock.getAsLong();
        notBefore = now + wait.toNanos();
        if (!logged.equals(told)) {
            LOG.warn("source {}: {}; asked again in {} s", source, logged, wait.toSeconds());
            told = logged;
        }
        long silent = now - failing + (retryAfter.isPresent() ? wait.toNanos() : 0);
        if (forPeople || silent > patience.toNanos()) {
            positions.silent(source, why);
            heard = false;
        }
    }

    private static Duration atMost(Duration most, Duration wait) {
        return wait.compareTo(most) > 0 ? most : wait;
    }
}
