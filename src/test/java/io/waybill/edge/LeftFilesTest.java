package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who hears of files that stay on their server, and when. */
class LeftFilesTest {
    private static final Problem KEPT = Problem.of(EdgeCode.SERVER_KEEPS_FILE, "name", "orders.csv");
    private static final Problem AWAY = Problem.of(EdgeCode.SYSTEM_AWAY, "system", "acme", "why", "Permission denied");

    private final List<String> told = new ArrayList<>();
    private long now;
    private final LeftFiles left = new LeftFiles("acme", new Told(), () -> now);

    @Test
    void a_file_the_server_keeps_is_told_once_and_until_a_look_meets_none() {
        left.left(KEPT, true);
        left.left(KEPT, false);
        left.looked();
        left.left(KEPT, true);
        left.looked();
        assertThat(told).containsExactly("server-keeps-file");

        left.looked();
        left.looked();
        assertThat(told).containsExactly("server-keeps-file", "settled");
    }

    @Test
    void a_file_that_cannot_be_fetched_for_a_moment_is_told_nobody_and_one_that_goes_on_a_person() {
        left.left(AWAY, false);
        left.looked();
        left.looked();
        assertThat(told).containsExactly("settled");

        left.left(AWAY, false);
        left.looked();
        now += Duration.ofMinutes(16).toNanos();
        left.left(AWAY, false);
        left.looked();
        assertThat(told).containsExactly("settled", "system-away");
    }

    private final class Told extends NoPositions {
        @Override
        public void unmarked(String source, Problem why) {
            told.add(why.code());
        }

        @Override
        public void marked(String source) {
            told.add("settled");
        }
    }
}
