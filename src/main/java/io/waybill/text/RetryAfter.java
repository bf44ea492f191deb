package io.waybill.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} of RFC 9110: seconds, or an HTTP date. */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** A wait that was asked for, however: an hour is the longest. */
    public static Duration atMost(Duration wait) {
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /** At most an hour; empty when unreadable or past. */
    public static Optional<Duration> of(String header) {
        String text = header.strip();
        if (text.matches("\\d{10,}")) {
            return Optional.of(LONGEST);
        }
        try {
            Duration wait = text.matches("\\d+")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            ZonedDateTime.now(ZoneOffset.UTC),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
            return wait.isNegative() ? Optional.empty() : Optional.of(atMost(wait));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
