package io.waybill.ledger;

import io.waybill.text.Causes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the disk under the database has room, as the commits find it: it is full for a while after the last that found none. */
final class DiskRoom {
    static final Duration TOLD = Duration.ofSeconds(30);

    /** Of PostgreSQL. */
    private static final String DISK_FULL = "53100";

    /** Of the systems below H2, which hands on what they say. */
    private static final List<String> SAID = Stream.concat(
                    Stream.of("no space left", "quota exceeded", "not enough space"), inItsLanguage().stream())
            .toList();

    private final LongSupplier nanos;
    private volatile @Nullable Long missing;

    /** As this system says it to a process of this language: Linux has a file that is always full. */
    private static Optional<String> inItsLanguage() {
        try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            full.write(ByteBuffer.allocate(1));
            return Optional.empty();
        } catch (FileSystemException elsewhere) { // there is no such file
            return Optional.empty();
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage())
                    .filter(said -> !said.isBlank())
                    .map(said -> said.toLowerCase(Locale.ROOT));
        }
    }

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
