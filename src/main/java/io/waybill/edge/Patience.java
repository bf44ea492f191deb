package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the system of a source is asked again: after a refusal when it says, else twice as long as before. Who must put credentials
 * right is told at once, of a system that is away only when it stays away. For the one thread that polls.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** How long a system may be away before a person is told. */
    static final Duration USUAL = Duration.ofMinutes(15);

    private final String source;
    private final Positions positions;
    private final Duration every;
    private final Duration patience;
    private int failures;
    private long notBefore = System.nanoTime();
    private long failing;
    private boolean heard;

    /** @param every how often the system is asked while it answers */
    Patience(String source, Positions positions, Duration every) {
        this(source, positions, every, USUAL);
    }

    /** @param patience how long it may be away before a person is told */
    Patience(String source, Positions positions, Duration every, Duration patience) {
        this.source = source;
        this.positions = positions;
        this.every = every;
        this.patience = patience;
    }

    boolean isOver() {
        return System.nanoTime() - notBefore >= 0;
    }

    void answered() {
        if (!heard) {
            positions.heard(source);
            heard = true;
        }
        failures = 0;
    }

    /**
     * @param retryAfter what the system said itself
     * @param forPeople nothing gets better before somebody acts
     */
    void failed(Problem why, Optional<Duration> retryAfter, boolean forPeople) {
        if (failures++ == 0) {
            failing = System.nanoTime();
        }
        Duration doubled = every.multipliedBy(1L << Math.min(failures, 12));
        Duration wait = retryAfter.orElse(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
        notBefore = System.nanoTime() + wait.toNanos();
        LOG.warn("source {}: {}; asked again in {} s", source, why, wait.toSeconds());
        if (forPeople || System.nanoTime() - failing > patience.toNanos()) {
            positions.silent(source, why);
            heard = false;
        }
    }
}
