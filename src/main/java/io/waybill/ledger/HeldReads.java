package io.waybill.ledger;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts that pages ask for again and again, and that take the longer the more there is to count. What is few, or is counted
 * quickly, is counted each time. What takes long is answered at once with what it came to before, and counted again beside that, for no
 * more than a tenth of the time, however many ask; none is ever older than a minute.
 *
 * @param <K> what is counted
 * @param <V> what it came to; it does not change
 */
public final class HeldReads<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(HeldReads.class);
    private static final long QUICK = Duration.ofMillis(20).toNanos();
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();
    private static final int FEW = 2_000;
    private static final int TIMES = 10;
    private static final int MOST = 200;

    private final Function<Function<Tx, V>, V> ledger;
    private final ToLongFunction<V> size;
    private final LongSupplier clock;
    private final Executor beside;
    private final Map<K, Held<V>> held = new LinkedHashMap<>();

    /** @param size how much was counted */
    public HeldReads(Ledger ledger, ToLongFunction<V> size) {
        this(ledger::read, size, System::nanoTime, ForkJoinPool.commonPool());
    }

    HeldReads(Function<Function<Tx, V>, V> ledger, ToLongFunction<V> size, LongSupplier clock, Executor beside) {
        this.ledger = ledger;
        this.size = size;
        this.clock = clock;
        this.beside = beside;
    }

    /** @param at when its reading began */
    private record Held<V>(V value, long at, long took, AtomicBoolean renewing) {}

    /** What the reading answers, or what it answered a short while ago. */
    public V of(K key, Function<Tx, V> reading) {
        Held<V> before = before(key);
        long age = before == null ? 0 : clock.getAsLong() - before.at();
        if (before == null || age > LONGEST) {
            return now(key, reading);
        }
        if (age > TIMES * before.took() && before.renewing().compareAndSet(false, true)) {
            beside.execute(() -> renew(key, reading, before));
        }
        return before.value();
    }

    private V now(K key, Function<Tx, V> reading) {
        long at = clock.getAsLong();
        V value = ledger.apply(reading);
        long took = clock.getAsLong() - at;
        if (took > QUICK && size.applyAsLong(value) >= FEW) {
            keep(key, new Held<>(value, at, took, new AtomicBoolean()));
        } else {
            forget(key);
        }
        return value;
    }

    private void renew(K key, Function<Tx, V> reading, Held<V> before) {
        try {
            now(key, reading);
        } catch (RuntimeException e) {
            LOG.debug("{} could not be counted and is counted again: {}", key, e.toString());
            before.renewing().set(false);
        }
    }

    private @Nullable Held<V> before(K key) {
        synchronized (held) {
            return held.get(key);
        }
    }

    private void forget(K key) {
        synchronized (held) {
            held.remove(key);
        }
    }

    private void keep(K key, Held<V> value) {
        synchronized (held) {
            held.remove(key);
            held.put(key, value);
            if (held.size() > MOST) {
                held.remove(held.keySet().iterator().next());
            }
        }
    }
}
