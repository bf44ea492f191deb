package io.waybill.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the keys that were refused, by who sent them and by how they begin. Whoever sends too many hears so, and the log
 * tells it once a minute; a valid key is never kept waiting. Held in memory, and in little of it.
 */
public final class Tries {
    static final int MOST = 20;
    static final Duration WITHIN = Duration.ofMinutes(1);
    private static final int REMEMBERED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Tries.class);

    private final InstantSource clock;
    private final AtomicLong swept = new AtomicLong();
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /** How many were refused since a moment. */
    private record Window(Instant since, int count) {}

    public Tries() {
        this(InstantSource.system());
    }

    Tries(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes a refused key; how long its sender shall stay away, when that was one too many. */
    public Optional<Duration> refused(String address, String secret) {
        Optional<Duration> byPrefix = count("key " + secret.substring(0, Math.min(8, secret.length())), address);
        return count("address " + address, address).or(() -> byPrefix);
    }

    private Optional<Duration> count(String who, String address) {
        Instant now = clock.instant();
        makeRoom(now);
        if (windows.size() >= REMEMBERED && !windows.containsKey(who)) {
            return Optional.empty();
        }
        Window window = windows.compute(
                who,
                (known, before) -> before == null || isOver(before, now)
                        ? new Window(now, 1)
                        : new Window(before.since(), before.count() + 1));
        if (window.count() == MOST + 1) {
            LOG.warn("More than {} keys from {} were refused within a minute", MOST, address);
        }
        return window.count() > MOST
                ? Optional.of(Duration.between(now, window.since().plus(WITHIN)))
                : Optional.empty();
    }

    /** Once a second at most: who sends many keys shall not make the hub look through all of them for each. */
    private void makeRoom(Instant now) {
        long last = swept.get();
        long second = now.getEpochSecond();
        if (windows.size() >= REMEMBERED && last < second && swept.compareAndSet(last, second)) {
            windows.values().removeIf(window -> isOver(window, now));
        }
    }

    private static boolean isOver(Window window, Instant now) {
        return !window.since().plus(WITHIN).isAfter(now);
    }
}
