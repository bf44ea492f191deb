package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a file lies still, by a clock that the test holds. */
class StillnessTest {
    private static final Duration STILL = Duration.ofSeconds(3);

    private final Stillness files = new Stillness();

    @Test
    void a_file_lies_still_when_two_looks_so_far_apart_saw_the_same() {
        assertThat(isStill(5, 0)).isFalse();
        assertThat(isStill(5, 3)).isTrue();
        assertThat(isStill(6, 4)).isFalse();
        assertThat(isStill(6, 7)).isTrue();
    }

    @Test
    void an_empty_one_lies_still_after_a_quarter_of_an_hour_and_once_read_not_before_it_has_content() {
        assertThat(isStill(0, 0)).isFalse();
        assertThat(isStill(0, 899)).isFalse();
        assertThat(isStill(0, 900)).isTrue();
        assertThat(files.read("a.csv", 0, 1)).isTrue();
        assertThat(isStill(0, 2000)).isFalse();
        assertThat(isStill(0, 90_000)).isFalse();

        assertThat(isStill(7, 90_001)).isFalse();
        assertThat(isStill(7, 90_004)).isTrue();
        assertThat(files.read("a.csv", 7, 1)).isTrue();
        assertThat(isStill(0, 90_005)).isFalse();
        assertThat(isStill(0, 90_905)).isTrue();
    }

    private boolean isStill(long size, long second) {
        return files.left("a.csv", size, 1, Duration.ofSeconds(second).toNanos(), STILL) == 0;
    }
}
