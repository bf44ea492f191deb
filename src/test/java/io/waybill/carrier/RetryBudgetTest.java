package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.RetryBudget.Limits;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private long nanos = 1_000_000_000_000L;
    private final RetryBudget budget = new RetryBudget(new Limits(10, 2, Duration.ofSeconds(60)), () -> nanos);

    @Test
    void a_few_retries_are_always_allowed() {
        assertThat(retries(10)).isEqualTo(2);
    }

    @Test
    void beyond_those_a_share_of_the_first_tries() {
        firstTries(100);
        assertThat(retries(50)).isEqualTo(10);
        firstTries(100);
        assertThat(retries(50)).isEqualTo(10);
    }

    @Test
    void what_is_older_than_the_window_is_forgotten() {
        firstTries(100);
        assertThat(retries(50)).isEqualTo(10);
        pass(30);
        assertThat(retries(50)).isZero();
        pass(31);
        assertThat(retries(50)).isEqualTo(2);
        pass(3600);
        assertThat(retries(50)).isEqualTo(2);
    }

    private void firstTries(int count) {
        IntStream.range(0, count).forEach(i -> budget.firstTry());
    }

    private long retries(int asked) {
        return IntStream.range(0, asked).filter(i -> budget.retry()).count();
    }

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
