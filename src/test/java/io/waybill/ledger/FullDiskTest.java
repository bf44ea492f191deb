package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 keeps of a store whose disk was full while it wrote two chunks of its file: a long one at its end, and a short one in a hole. */
class FullDiskTest {
    private static final int LAST = 1;
    private static final int TAIL = 2;
    private static final int FORCED = 100;
    private static final int MINUTE = 60_000;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void disk() {
        SmallDisk.register();
        HaltingFile.register();
        file = folder.resolve("store");
    }

    @AfterEach
    void empty() {
        SmallDisk.empty();
    }

    @Test
    void what_was_forced_before_the_disk_was_full_is_found_when_the_file_is_opened_anew() throws Exception {
        fill(HaltingFile.SCHEME + ":" + SmallDisk.SCHEME + ":" + file);
        assertThat(found()).isEqualTo(FORCED);
    }

    /** When this fails, H2 stops by itself, and {@link HaltingFile} can go. */
    @Test
    void without_a_file_that_halts_h2_goes_back_to_what_was_last_written_at_its_end() throws Exception {
        fill(SmallDisk.SCHEME + ":" + file);
        assertThat(found()).isEqualTo(FORCED / 2);
    }

    private void fill(String name) throws IOException {
        MVStore store =
                new MVStore.Builder().fileName(name).autoCommitBufferSize(0).open();
        store.setRetentionTime(0);
        store.setAutoCommitDelay(MINUTE);
        MVMap<Integer, Integer> numbers = store.openMap("numbers");
        MVMap<Integer, byte[]> bytes = store.openMap("bytes");
        for (int n = 1; n <= FORCED; n++) {
            numbers.put(LAST, n);
            bytes.put(LAST, new byte[20_000]);
            if (n == FORCED / 2) {
                bytes.put(TAIL, new byte[1_000_000]);
            }
            force(store);
        }

        CountDownLatch failing = new CountDownLatch(1);
        SmallDisk.fill(Files.size(file), failing);
        bytes.put(LAST, new byte[2_000_000]);
        store.tryCommit();
        store.setRetentionTime(
                MINUTE); // or H2 waits for the long chunk, to free what the short one may be written over
        numbers.put(LAST, FORCED + 1);
        store.tryCommit();
        failing.countDown();
        assertThatThrownBy(() -> force(store)).isInstanceOf(MVStoreException.class);
        store.closeImmediately();
        SmallDisk.empty();
    }

    private static void force(MVStore store) {
        store.commit();
        store.executeFilestoreOperation(() -> {});
        store.sync();
    }

    private int found() {
        try (MVStore store = MVStore.open(file.toString())) {
            return store.<Integer, Integer>openMap("numbers").get(LAST);
        }
    }
}
