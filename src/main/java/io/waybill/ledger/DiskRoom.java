package io.waybill.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Whether the disk under the database has room, as the commits find it. Where one found none it is full, until one of the same kind goes
 * through, for what is short may fit where what is long does not; and for a while only, as nobody may try another who is told so.
 */
final class DiskRoom {
    static final Duration TOLD = Duration.ofSeconds(30);

    /** Of PostgreSQL. */
    private static final String DISK_FULL = "53100";

    /** Of the systems below H2, which hands on what they say. */
    private static final List<String> SAID = List.of("no space left", "quota exceeded", "not enough space");

    private final LongSupplier nanos;
    private final Map<Class<?>, Long> missing = new ConcurrentHashMap<>();

    DiskRoom() {
        this(System::nanoTime);
    }

    DiskRoom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean isFull() {
        long now = nanos.getAsLong();
        return missing.values().stream().anyMatch(since -> now - since < TOLD.toNanos());
    }

    /** @param kind the class whose work was committed */
    void found(Class<?> kind) {
        if (missing.containsKey(kind)) {
            missing.clear();
        }
    }

    void failed(Class<?> kind, Throwable failure) {
        if (isMissing(failure)) {
            missing.put(kind, nanos.getAsLong());
        }
    }

    static boolean isMissing(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(DiskRoom::saysSo);
    }

    private static boolean saysSo(Throwable cause) {
        if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
            return true;
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof IOException && SAID.stream().anyMatch(message::contains);
    }
}
