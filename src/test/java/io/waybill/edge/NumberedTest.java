package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumberedTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Numbered numbered = new Numbered(10, Duration.ofSeconds(60));

    @Test
    void rows_without_a_gap_move_the_position_at_once() {
        numbered.taken(11, 0);
        numbered.taken(12, 0);

        assertThat(numbered.advance(0)).isTrue();
        assertThat(numbered.upTo()).isEqualTo(12);
    }

    @Test
    void a_lower_number_that_is_committed_later_is_still_taken() {
        numbered.taken(11, 0);
        numbered.taken(13, 0);
        numbered.advance(5 * SECOND);
        assertThat(numbered.upTo()).isEqualTo(11);
        assertThat(numbered.isTaken(12)).isFalse();
        assertThat(numbered.isTaken(13)).isTrue();

        numbered.taken(12, 6 * SECOND);
        numbered.advance(6 * SECOND);

        assertThat(numbered.upTo()).isEqualTo(13);
    }

    @Test
    void a_gap_is_not_given_up_before_it_was_read_again() {
        numbered.taken(13, 0);
        long readSince = 30 * SECOND; // the rest of this poll took a minute

        numbered.taken(14, 90 * SECOND);

        assertThat(numbered.advance(readSince)).isFalse();
        assertThat(numbered.isTaken(12)).isFalse();
    }

    @Test
    void a_number_that_was_drawn_and_never_written_is_given_up_after_a_while() {
        numbered.taken(13, 0);
        assertThat(numbered.advance(59 * SECOND)).isFalse();

        assertThat(numbered.advance(60 * SECOND)).isTrue();
        assertThat(numbered.upTo()).isEqualTo(13);
    }
}
