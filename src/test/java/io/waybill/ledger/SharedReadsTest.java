package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedReadsTest {
    @TempDir
    Path folder;

    @Test
    void a_question_that_cannot_be_answered_meets_what_is_wrong_by_itself() {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            SharedReads<String, Integer> reads = new SharedReads<>(ledger, (tx, asked) -> {
                throw new IllegalStateException("the database is gone");
            });

            assertThatThrownBy(() -> reads.ask("one")).hasMessage("the database is gone");
        }
    }

    @Test
    void a_question_that_failed_with_others_is_asked_alone() {
        AtomicInteger times = new AtomicInteger();
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            SharedReads<String, Integer> reads = new SharedReads<>(ledger, (tx, asked) -> {
                if (times.incrementAndGet() == 1) {
                    throw new IllegalStateException("not now");
                }
                return Map.of("one", 1);
            });

            assertThat(reads.ask("one")).contains(1);
            assertThat(reads.ask("two")).isEmpty();
        }
    }
}
