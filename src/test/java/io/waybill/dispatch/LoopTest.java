package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final AtomicInteger turns = new AtomicInteger();

    @Test
    void a_turn_that_breaks_is_followed_by_another_whatever_it_broke_with() {
        try (Loop loop = loop(() -> {
            if (turns.incrementAndGet() <= 2) {
                throw new NoClassDefFoundError("io/acme/Carrier");
            }
        })) {
            loop.start();

            await().untilAtomic(turns, count -> assertThat(count).isGreaterThan(2));
        }
    }

    @Test
    void a_loop_that_is_closed_ends_although_its_turns_break() {
        Loop loop = loop(() -> {
            turns.incrementAndGet();
            throw new StackOverflowError();
        });
        loop.start();
        await().untilAtomic(turns, count -> assertThat(count).isPositive());

        loop.close();

        int before = turns.get();
        loop.wake();
        assertThat(turns).hasValue(before);
    }

    @Test
    void a_failure_that_cannot_be_told_is_followed_by_another_turn() {
        try (Loop loop = loop(() -> {
            if (turns.incrementAndGet() <= 2) {
                throw new Untold();
            }
        })) {
            loop.start();

            await().untilAtomic(turns, count -> assertThat(count).isGreaterThan(2));
        }
    }

    /** As where the log can take no line. */
    private static final class Untold extends RuntimeException {
        @Override
        public String toString() {
            throw new IllegalStateException("no line of the log");
        }
    }

    private static Loop loop(Runnable turn) {
        return new Loop("turns", Duration.ofMillis(5), () -> {
            turn.run();
            return false;
        });
    }
}
