package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BundleClockTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger tries = new AtomicInteger();
    private boolean full = true;
    private final BundleClock clock = new BundleClock("sap", this::work, now::get);

    @Test
    void a_file_that_cannot_be_written_is_tried_again_later_each_time_and_each_second_once_it_could_be() {
        pass(3_600);
        assertThat(tries).hasValueBetween(60, 66);

        full = false;
        pass(60);
        tries.set(0);
        pass(10);
        assertThat(tries).hasValue(10);
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            clock.look();
        }
    }

    private void work() throws IOException {
        tries.incrementAndGet();
        if (full) {
            throw new IOException("no space left on device");
        }
    }
}
