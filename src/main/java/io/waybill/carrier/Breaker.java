package io.waybill.carrier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a carrier account can be bought with now. It opens when too many of the last purchases were not decided by the
 * carrier: no connection, silence, 5xx, 429. What the carrier refuses it has decided, so a refusal counts as an answer.
 * While it is open nothing is bought; then one purchase is tried, and its outcome decides.
 */
public final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int LONGEST = 10;

    private final String account;
    private final Clock wall;
    private final Clock steady;
    private final CircuitBreaker circuit;
    private final IntervalFunction waits;
    private final Map<String, LongAdder> outcomes = new TreeMap<>();
    private volatile String why = "";
    private volatile Health health;

    /** By the steady clock; null while the account is available. */
    private volatile @Nullable Instant openUntil;

    private int openings;

    Breaker(String account, BreakerSettings settings) {
        this(account, settings, Clock.systemUTC(), System::nanoTime);
    }

    /** @param nanos what waits are measured by; {@code wall} is only told: it may be set back */
    Breaker(String account, BreakerSettings settings, Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.steady = new SteadyClock(wall.instant(), nanos);
        this.account = account;
        this.waits = IntervalFunction.ofExponentialBackoff(
                settings.pause(), 2.0, settings.pause().multipliedBy(LONGEST));
        this.circuit = CircuitBreaker.of(
                account,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(settings.failures())
                        .slidingWindowSize(settings.window())
                        .minimumNumberOfCalls(Math.min(settings.least(), settings.window()))
                        .waitIntervalFunctionInOpenState(waits)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .writableStackTraceEnabled(false)
                        .clock(steady)
                        .build());
        for (String outcome : new String[] {"bought", "refused", "not_sent", "unknown"}) {
            outcomes.put(outcome, new LongAdder());
        }
        health = new Health(true, wall.instant(), null, null);
        circuit.getEventPublisher()
                .onStateTransition(event -> changed(
                        event.getStateTransition().getFromState(),
                        event.getStateTransition().getToState()));
    }

    /**
     * How an account is.
     *
     * @param since when it became so, by this node's clock
     * @param nextTry when one purchase is tried again; null while it is available
     * @param why the last thing that went wrong; null while it is available
     */
    public record Health(
            boolean available,
            Instant since,
            @Nullable Instant nextTry,
            @Nullable String why) {}

    /** Leave to make one purchase. Its holder tells what came of it, or gives it back. */
    public final class Pass {
        /** Counts an outcome, and hands it on. */
        public Outcome told(Outcome outcome) {
            String word = outcome.fold(sale -> "bought", no -> "refused", unsent -> "not_sent", unknown -> "unknown");
            Objects.requireNonNull(outcomes.get(word)).increment();
            if (outcome instanceof Outcome.NotSent unsent && unsent.isHeldBack()) {
                giveBack();
            } else if (outcome instanceof Outcome.NotSent unsent) {
                failed(unsent.why());
            } else if (outcome instanceof Outcome.Unknown unknown) {
                failed(unknown.why());
            } else {
                circuit.onSuccess(0, TimeUnit.NANOSECONDS);
            }
            return outcome;
        }

        /** Nothing was asked of the carrier. */
        public void giveBack() {
            circuit.releasePermission();
        }

        private void failed(String words) {
            why = words;
            circuit.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(words));
        }
    }

    /** Empty while the account is unavailable, but for the one purchase that tries it. */
    public Optional<Pass> pass() {
        return circuit.tryAcquirePermission() ? Optional.of(new Pass()) : Optional.empty();
    }

    /** Nothing should be asked of this account before its next try. */
    public boolean isOpen() {
        Instant until = openUntil;
        return until != null && steady.instant().isBefore(until);
    }

    public Health health() {
        return health;
    }

    /** How many purchases came to each end since this process started: bought, refused, not_sent, unknown. */
    public Map<String, Long> outcomes() {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((word, count) -> counts.put(word, count.sum()));
        return counts;
    }

    private synchronized void changed(State from, State to) {
        if (to == State.OPEN) {
            openings++;
            Duration wait = Duration.ofMillis(waits.apply(openings));
            Instant next = wall.instant().plus(wait);
            openUntil = steady.instant().plus(wait);
            Instant since = from == State.CLOSED ? wall.instant() : health.since();
            health = new Health(false, since, next, why);
            if (from == State.CLOSED) {
                LOG.warn("{} is unavailable: {}; its orders stay ready, next try {}", account, why, next);
            }
        } else if (to == State.CLOSED) {
            openings = 0;
            openUntil = null;
            long away = Duration.between(health.since(), wall.instant()).toSeconds();
            LOG.info("{} is available again, after {} s", account, away);
            health = new Health(true, wall.instant(), null, null);
        }
    }
}
