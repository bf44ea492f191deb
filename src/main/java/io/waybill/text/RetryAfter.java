package io.waybill.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** The header {@code Retry-After} of RFC 9110: seconds, or an HTTP date in any of its three forms. */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int FIFTY = 50;

    /** {@code Sun Nov 6 08:49:37 1994}, of Greenwich. */
    private static final DateTimeFormatter ASCTIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("EEE MMM d HH:mm:ss uuuu")
            .toFormatter(Locale.US);

    private RetryAfter() {}

    /** A wait that was asked for, however: an hour is the longest. */
    public static Duration atMost(Duration wait) {
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /** In the form of today, or one of the two old ones that a recipient takes as well. */
    private static ZonedDateTime date(String text) {
        if (!text.contains(",")) {
            return LocalDateTime.parse(text, ASCTIME).atZone(ZoneOffset.UTC);
        }
        return text.contains("-") && text.toUpperCase(Locale.ROOT).endsWith(" GMT")
                ? LocalDateTime.parse(text, rfc850()).atZone(ZoneOffset.UTC)
                : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT}: a year of two digits is at most fifty years ahead. */
    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(FIFTY - 1))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
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
                    : Duration.between(ZonedDateTime.now(ZoneOffset.UTC), date(text.replaceAll("\\s+", " ")));
            return wait.isNegative() ? Optional.empty() : Optional.of(atMost(wait));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
