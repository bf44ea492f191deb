package io.waybill.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(Tries.class);

    private final LongSupplier clock;
    private final AtomicLong swept;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /** How many were refused since a moment. */
    private record Window(long since, int count) {}

    public Tries() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them: a clock that is set keeps nobody away */
    Tries(LongSupplier clock) {
        this.clock = clock;
        this.swept = new AtomicLong(clock.getAsLong());
    }

    /** Notes a refused key; how long its sender shall stay away, when that was one too many. */
    public Optional<Duration> refused(String address, String secret) {
        Optional<Duration> byPrefix = count("key " + secret.substring(0, Math.min(8, secret.length())), address);
        return count("address " + address, address).or(() -> byPrefix);
    }

    private Optional<Duration> count(String who, String address) {
        long now = clock.getAsLong();
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
        return window.count() > MOST ? Optional.of(WITHIN.minusNanos(now - window.since())) : Optional.empty();
    }

    /** Once a second at most: who sends many keys shall not make the hub look through all of them for each. */
    private void makeRoom(long now) {
        long last = swept.get();
        if (windows.size() >= REMEMBERED && now - last >= SECOND && swept.compareAndSet(last, now)) {
            windows.values().removeIf(window -> isOver(window, now));
        }
    }

    private static boolean isOver(Window window, long now) {
        return now - window.since() >= WITHIN.toNanos();
    }
}
