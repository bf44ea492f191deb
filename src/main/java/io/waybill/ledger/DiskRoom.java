package io.waybill.ledger;

import io.waybill.text.Causes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the disk under the database has room, as the commits find it: it is full for a while after the last that found none. */
final class DiskRoom {
    static final Duration TOLD = Duration.ofSeconds(30);

    /** Of PostgreSQL. */
    private static final String DISK_FULL = "53100";

    /** Of the systems below H2, which hands on what they say. */
    private static final List<String> SAID = List.of("no space left", "quota exceeded", "not enough space");

    private final LongSupplier nanos;
    private volatile @Nullable Long missing;

    DiskRoom() {
        this(System::nanoTime);
    }

    DiskRoom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean isFull() {
        Long since = missing;
        return since != null && nanos.getAsLong() - since < TOLD.toNanos();
    }

    void failed(Throwable failure) {
        if (isMissing(failure)) {
            missing = nanos.getAsLong();
        }
    }

    static boolean isMissing(Throwable failure) {
        return Causes.of(failure).anyMatch(DiskRoom::saysSo);
    }

    private static boolean saysSo(Throwable cause) {
        if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
            return true;
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof IOException && SAID.stream().anyMatch(message::contains);
    }
}
