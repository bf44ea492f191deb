package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.EdiStamp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlNumberTest {
    private static final String NAME = "x12:WAYBILL:SHOPCO";

    @TempDir
    Path folder;

    @Test
    void numbers_last_and_none_is_given_twice_or_left_out_on_h2() throws Exception {
        Database database = Stores.h2(folder);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            promises(ledger);
        }
        try (Ledger again = Ledger.open(database, Subscriptions.NONE)) {
            assertThat(give(again, NAME, "after a restart").number()).isEqualTo(41);
            assertThat(give(again, NAME, "evt_7").number()).isBetween(1L, 40L);
            again.commit(tx -> tx.restores().mark("backup.zip", "tester"));
            assertThat(give(again, NAME, "after a restore").number()).isGreaterThan(1_000);
            assertThat(give(again, "x12:WAYBILL:BEGUN-IN-THE-LOST-TIME", "evt_1")
                            .number())
                    .isEqualTo(1_001);
        }
    }

    @Test
    void a_backup_that_was_put_back_before_is_marked_once_more_and_gives_no_number_of_that_time() {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            give(ledger, NAME, "evt_1");

            Restore.mark(ledger, "backup.zip", "tester");
            Restore.mark(ledger, "backup.zip", "tester");

            assertThat(give(ledger, NAME, "evt_2").number()).isEqualTo(2_002);
            assertThat(give(ledger, "x12:WAYBILL:BEGUN-IN-THE-LOST-TIME", "evt_1")
                            .number())
                    .isEqualTo(2_001);
        }
    }

    @Test
    void numbers_last_and_none_is_given_twice_or_left_out_on_postgres() throws Exception {
        try (Ledger ledger = Ledger.open(Stores.postgres(), Subscriptions.NONE)) {
            promises(ledger);
        }
    }

    private static void promises(Ledger ledger) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<EdiStamp>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String subject = "evt_" + i;
                all.add(threads.submit(() -> give(ledger, NAME, subject)));
            }
            List<Long> numbers = new ArrayList<>();
            for (Future<EdiStamp> one : all) {
                numbers.add(one.get().number());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 40).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
        assertThat(give(ledger, NAME, "evt_7")).isEqualTo(give(ledger, NAME, "evt_7"));
        assertThat(give(ledger, "edifact:WAYBILL:SHOPCO", "evt_7").number()).isEqualTo(1);
    }

    private static EdiStamp give(Ledger ledger, String name, String subject) {
        return ledger.commit(tx -> tx.controlNumbers().give(name, subject));
    }
}
