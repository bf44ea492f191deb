package io.waybill.carrier;

import io.waybill.text.Shortened;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Codes carriers sent that no table of ours holds, and times that cannot be read, since this process started. The facts they came with are kept as they are. */
public final class UnknownCodes {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownCodes.class);
    private static final int MOST = 1_000;
    private static final int LONGEST = 40;
    private static final Map<Key, LongAdder> SEEN = new ConcurrentHashMap<>();

    private UnknownCodes() {}

    /** @param table {@code statuses | services | charges | voids | times | zones} */
    record Table(String carrier, String table) {}

    private record Key(Table table, String code) {}

    /** A code and how often it came. */
    public record Seen(String carrier, String table, String code, long times) {}

    static void seen(Table table, String code) {
        Key key = key(table, code);
        if (isNew(key)) {
            LOG.warn("{} sent a code that {}.csv does not hold: {}", table.carrier(), table.table(), key.code());
        }
        count(key);
    }

    /** The time of a scan that names no day which can be read: the scan cannot be told, and is counted in the table {@code times}. */
    static void time(String carrier, String told) {
        Key key = key(new Table(carrier, "times"), told);
        if (isNew(key)) {
            LOG.warn("{} sent a scan without a time that can be read, which is not told: {}", carrier, key.code());
        }
        count(key);
    }

    /** The name of a zone that means several, or none: its scan is told as by the clocks of the place, and is counted in the table {@code zones}. */
    static void zone(String carrier, String told) {
        Key key = key(new Table(carrier, "zones"), told);
        if (isNew(key)) {
            LOG.warn(
                    "{} sent a scan by clocks that cannot be told from others, {}: its hour is kept as that of the place",
                    carrier,
                    key.code());
        }
        count(key);
    }

    private static Key key(Table table, String code) {
        return new Key(table, Shortened.to(LONGEST, code.replaceAll("\\p{Cntrl}", "\uFFFD")));
    }

    private static boolean isNew(Key key) {
        return !SEEN.containsKey(key) && SEEN.size() < MOST;
    }

    private static void count(Key key) {
        if (SEEN.containsKey(key) || SEEN.size() < MOST) {
            SEEN.computeIfAbsent(key, first -> new LongAdder()).increment();
        }
    }

    /** Of one carrier, the most frequent first. */
    public static List<Seen> of(String carrier) {
        return SEEN.entrySet().stream()
                .filter(entry -> entry.getKey().table().carrier().equals(carrier))
                .map(entry -> new Seen(
                        carrier,
                        entry.getKey().table().table(),
                        entry.getKey().code(),
                        entry.getValue().sum()))
                .sorted(Comparator.comparingLong(Seen::times)
                        .reversed()
                        .thenComparing(Seen::table)
                        .thenComparing(Seen::code))
                .toList();
    }
}
