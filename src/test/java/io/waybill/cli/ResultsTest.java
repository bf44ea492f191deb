package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** What is to be said of results that could not be written. */
class ResultsTest {
    @Test
    void whoever_reads_a_pipe_no_further_has_read_enough_in_any_language_of_the_machine() {
        Results results = new Results(failing("断开的管道"), () -> true);
        results.write('x');

        assertThat(results.failure()).isEmpty();
    }

    @Test
    void a_file_without_room_is_told_in_any_language_of_the_machine() {
        Results results = new Results(failing("设备上没有空间"), () -> false);
        results.write('x');

        assertThat(results.failure()).hasValueSatisfying(why -> assertThat(why).hasMessage("设备上没有空间"));
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
