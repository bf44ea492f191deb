package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a caller waits, as RFC 7240 lets it say so. */
class WaitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5 | 5 | wait=5",
                "wait=0 | 0 | wait=0",
                "Wait = 5 | 5 | wait=5",
                "wait=\"5\" | 5 | wait=5",
                "wait=90 | 60 | wait=60",
                "wait=99999 | 60 | wait=60",
                "wait=99999999999999999999 | 60 | wait=60",
                "wait=000005 | 5 | wait=5",
                "return=minimal; a=b, wait=7 | 7 | wait=7",
                "respond-async | 0 | respond-async",
                "Respond-Async | 0 | respond-async",
                "respond-async, wait=10 | 10 | respond-async, wait=10",
                "wait=10, respond-async | 10 | respond-async, wait=10"
            })
    void a_caller_waits_as_long_as_it_says_and_is_told_what_was_followed(String prefer, int seconds, String applied) {
        assertThat(Waits.of(Optional.of(prefer)))
                .isEqualTo(new Waits.Preference(Duration.ofSeconds(seconds), Optional.of(applied)));
    }

    @Test
    void who_says_nothing_of_it_waits_twenty_seconds() {
        for (String prefer : new String[] {"", "return=minimal", "await=5", "wait=soon"}) {
            assertThat(Waits.of(Optional.of(prefer)))
                    .isEqualTo(new Waits.Preference(Duration.ofSeconds(20), Optional.empty()));
        }
    }
}
