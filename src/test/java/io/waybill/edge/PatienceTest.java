package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
    private static final Problem BUSY = Problem.of(EdgeCode.SYSTEM_BUSY, "system", "shop", "why", "HTTP 429");

    private final AtomicLong clock = new AtomicLong();
    private final List<Problem> silences = new ArrayList<>();
    private final Patience patience =
            new Patience("shop", new Told(), Duration.ofMinutes(1), Patience.USUAL, clock::get);

    @ParameterizedTest
    @ValueSource(strings = {"PT24H", "P11574D", "P2914000D"})
    void a_system_that_wants_to_be_left_in_peace_for_long_is_told_at_once_and_asked_within_the_hour(String wait) {
        patience.failed(BUSY, Optional.of(Duration.parse(wait)), false);

        assertThat(silences).containsExactly(BUSY);
        pass(Duration.ofMinutes(59));
        assertThat(patience.isOver()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(patience.isOver()).isTrue();
    }

    @Test
    void a_wait_that_is_over_soon_is_kept_and_told_to_nobody() {
        patience.failed(BUSY, Optional.of(Duration.ofMinutes(10)), false);

        pass(Duration.ofMinutes(9));
        assertThat(patience.isOver()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(patience.isOver()).isTrue();
        assertThat(silences).isEmpty();
    }

    @Test
    void waits_that_add_up_to_long_are_told_when_the_last_is_asked_for() {
        patience.failed(BUSY, Optional.of(Duration.ofMinutes(10)), false);
        pass(Duration.ofMinutes(10));
        patience.failed(BUSY, Optional.of(Duration.ofMinutes(10)), false);

        assertThat(silences).containsExactly(BUSY);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private final class Told extends NoPositions {
        @Override
        public void silent(String source, Problem why) {
            silences.add(why);
        }
    }
}
