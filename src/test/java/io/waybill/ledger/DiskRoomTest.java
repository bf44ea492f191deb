package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** What a hub knows of the disk under its database. */
class DiskRoomTest {
    private final AtomicLong nanos = new AtomicLong();
    private final DiskRoom room = new DiskRoom(nanos::get);

    @TempDir
    Path folder;

    @BeforeEach
    void disk() {
        SmallDisk.register();
        HaltingFile.register();
    }

    @AfterEach
    void empty() {
        SmallDisk.empty();
    }

    @Test
    void it_is_full_for_a_while_after_a_commit_found_none() {
        room.failed(new IllegalStateException(new SQLException("could not extend file", "53100")));
        assertThat(room.isFull()).isTrue();
        room.failed(new IllegalStateException(new SQLException("lost a race", "40001")));
        assertThat(room.isFull()).isTrue();
        nanos.addAndGet(DiskRoom.TOLD.toNanos());
        assertThat(room.isFull()).isFalse();
    }

    /** A process whose language is German is told "Auf dem Gerät ist kein Speicherplatz mehr verfügbar". */
    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_is_known_in_the_words_of_this_system() {
        Throwable full = catchThrowable(() -> Files.write(Path.of("/dev/full"), new byte[1], StandardOpenOption.WRITE));

        assertThat(DiskRoom.isMissing(full)).as("%s", full).isTrue();
        assertThat(DiskRoom.isMissing(new NoSuchFileException("/dev/full"))).isFalse();
    }

    @Test
    void what_is_no_lack_of_room_says_nothing_of_it() {
        room.failed(new SQLException("too many connections", "53300"));
        assertThat(room.isFull()).isFalse();
    }

    @Test
    void the_embedded_database_is_full_while_its_file_cannot_grow() throws Exception {
        String file = Stores.h2(folder).file().toString().replace(".mv.db", "");
        Database small = new Database(
                "jdbc:h2:" + HaltingFile.SCHEME + ":" + SmallDisk.SCHEME + ":" + file + ";DB_CLOSE_ON_EXIT=FALSE",
                "sa",
                "");
        try (Ledger ledger = Ledger.open(small, Subscriptions.NONE)) {
            SmallDisk.fill(Files.size(Path.of(file + ".mv.db")), new CountDownLatch(0));
            Throwable failure = catchThrowable(() -> write(ledger));
            assertThat(DiskRoom.isMissing(failure)).as("%s", failure).isTrue();
            assertThat(LedgerFailure.isGone(failure)).isTrue();
            assertThat(ledger.isFull()).isTrue();

            SmallDisk.empty();
            Throwable closed = catchThrowable(() -> write(ledger));
            for (int pooled = 0; pooled < 24 && closed != null; pooled++) {
                assertThat(LedgerFailure.isGone(closed)).as("%s", closed).isTrue();
                closed = catchThrowable(() -> write(ledger));
            }
            assertThat(closed).isNull();
        }
    }

    private static void write(Ledger ledger) {
        ledger.commitAll(tx -> {
            for (int i = 0; i < 200; i++) {
                tx.audit().record("me", "tried", "x".repeat(100) + i, null, "x".repeat(4_000));
            }
        });
    }

    @Test
    void what_one_statement_has_no_memory_or_sorting_room_for_is_told_each_time() {
        assertThat(LedgerFailure.telling(new SQLException("temporary file size exceeds temp_file_limit", "53400")))
                .isEqualTo(Level.WARN);
        assertThat(LedgerFailure.telling(new SQLException("out of memory", "53200")))
                .isEqualTo(Level.WARN);
        assertThat(LedgerFailure.telling(new SQLException("could not extend file", "53100")))
                .isEqualTo(Level.DEBUG);
    }
}
