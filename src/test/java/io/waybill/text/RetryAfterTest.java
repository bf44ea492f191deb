package io.waybill.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
                "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
                "EEE MMM ppd HH:mm:ss yyyy",
                "EEE MMM d HH:mm:ss yyyy"
            })
    void each_form_of_an_http_date_is_read(String form) {
        DateTimeFormatter written = DateTimeFormatter.ofPattern(form, Locale.US);
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        assertThat(RetryAfter.of(written.format(now.plusMinutes(20))))
                .get()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(20)));
        assertThat(RetryAfter.of(written.format(now.plusYears(20)))).contains(Duration.ofHours(1));
        assertThat(RetryAfter.of(written.format(now.minusYears(20)))).as("past").isEmpty();
    }

    @Test
    void what_is_neither_seconds_nor_a_date_is_nothing() {
        assertThat(RetryAfter.of("soon")).isEmpty();
        assertThat(RetryAfter.of("Sunday, 06-Nov-94 08:49 GMT")).isEmpty();
        assertThat(RetryAfter.of("120")).contains(Duration.ofMinutes(2));
    }
}
