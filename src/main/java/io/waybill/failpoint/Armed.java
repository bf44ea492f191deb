package io.waybill.failpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The points that are armed in this process. */
final class Armed {
    private static final Logger LOG = LoggerFactory.getLogger(Failpoint.class);
    private static final Pattern ORDER =
            Pattern.compile("(?:([a-z0-9-]+)\\+)?([a-z0-9-]+)=(halt|stop|full|lose)(?:@([1-9]\\d{0,5}))?");

    private final List<Trap> traps;

    @SuppressWarnings("ThreadLocalUsage") // there is one of these in a process
    private final ThreadLocal<Failpoint> cameFrom = new ThreadLocal<>();

    private Armed(List<Trap> traps) {
        this.traps = traps;
    }

    /**
     * @param from the point the thread must have passed last, or null
     * @param first the how manieth arrival is the first it happens at
     */
    private record Trap(
            @Nullable Failpoint from, Failpoint at, Happening happening, int first, AtomicInteger arrivals) {}

    /**
     * Null for an empty text.
     *
     * @throws IllegalArgumentException for one that cannot be read
     */
    static @Nullable Armed read(String text) {
        if (text.isBlank()) {
            return null;
        }
        List<Trap> traps = Arrays.stream(text.split(",", -1)).map(Armed::trap).toList();
        LOG.warn("failpoints are armed, this hub will fail on purpose: {}", text);
        return new Armed(traps);
    }

    boolean knows(Failpoint point) {
        return traps.stream().anyMatch(trap -> trap.at() == point);
    }

    void reached(Failpoint point) {
        Failpoint before = cameFrom.get();
        cameFrom.set(point);
        for (Trap trap : traps) {
            if (trap.at() == point && (trap.from() == null || trap.from() == before)) {
                int arrival = trap.arrivals().incrementAndGet() - trap.first();
                if (arrival >= 0 && arrival < trap.happening().times()) {
                    LOG.warn("failpoint {}: {}", point.word(), trap.happening().word());
                    trap.happening().happen();
                }
            }
        }
    }

    private static Trap trap(String text) {
        Matcher order = ORDER.matcher(text.strip());
        if (!order.matches()) {
            throw new IllegalArgumentException("no failpoint can be armed by '" + text + "'");
        }
        int first = order.group(4) == null ? 1 : Integer.parseInt(order.group(4));
        return new Trap(
                order.group(1) == null ? null : point(order.group(1)),
                point(order.group(2)),
                Happening.valueOf(order.group(3).toUpperCase(Locale.ROOT)),
                first,
                new AtomicInteger());
    }

    private static Failpoint point(String word) {
        return Failpoint.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
