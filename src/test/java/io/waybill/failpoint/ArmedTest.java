package io.waybill.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ArmedTest {
    @Test
    void nothing_is_armed_in_a_process_that_was_not_told() {
        assertThat(Armed.read("")).isNull();
        assertThat(Failpoint.values()).noneMatch(Failpoint::isArmed);
    }

    @Test
    void it_happens_at_the_arrival_that_was_asked_for_and_not_before() {
        Armed armed = Armed.read("mid-file=lose@3");
        armed.reached(Failpoint.MID_FILE);
        armed.reached(Failpoint.MID_FILE);
        assertThatThrownBy(() -> armed.reached(Failpoint.MID_FILE)).isInstanceOf(UncheckedIOException.class);
        armed.reached(Failpoint.MID_FILE);
    }

    @Test
    void a_full_disk_stays_full_for_a_while() {
        Armed armed = Armed.read("before-t2-commit=full");
        for (int i = 1; i <= 3; i++) {
            assertThatThrownBy(() -> armed.reached(Failpoint.BEFORE_T2_COMMIT)).hasMessageContaining("No space left");
        }
        armed.reached(Failpoint.BEFORE_T2_COMMIT);
    }

    @Test
    void of_two_points_only_the_second_right_after_the_first_counts() {
        Armed armed = Armed.read("before-t2-commit+commit-in-doubt=lose");
        armed.reached(Failpoint.COMMIT_IN_DOUBT);
        armed.reached(Failpoint.BEFORE_T2_COMMIT);
        armed.reached(Failpoint.AFTER_T2);
        armed.reached(Failpoint.COMMIT_IN_DOUBT);
        armed.reached(Failpoint.BEFORE_T2_COMMIT);
        assertThatThrownBy(() -> armed.reached(Failpoint.COMMIT_IN_DOUBT)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void what_cannot_be_read_is_refused_in_words() {
        assertThatThrownBy(() -> Armed.read("before-t2")).hasMessageContaining("'before-t2'");
        assertThatThrownBy(() -> Armed.read("nowhere=halt")).isInstanceOf(IllegalArgumentException.class);
    }
}
