package io.waybill.portal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Days and minutes a visitor chooses, as they stand beside the times of a page: those where the hub is. */
final class Moments {
    private Moments() {}

    /**
     * Puts their moments in place of the days or minutes of {@code since} and {@code until}: days from midnight to midnight, minutes to
     * their end. What is neither stays for the call to refuse.
     */
    static void ofDays(Map<String, String> asked, ZoneId zone) {
        asked.computeIfPresent("since", (name, text) -> moment(text, 0, zone));
        asked.computeIfPresent("until", (name, text) -> moment(text, 1, zone));
    }

    private static String moment(String text, int later, ZoneId zone) {
        try {
            return (isMinute(text)
                            ? minute(LocalDateTime.parse(text), later, zone)
                            : LocalDate.parse(text).plusDays(later).atStartOfDay(zone))
                    .toInstant()
                    .toString();
        } catch (DateTimeException isNeither) {
            return text;
        }
    }

    /** A minute that a clock put back shows twice begins with the first and ends with the second. */
    private static ZonedDateTime minute(LocalDateTime text, int later, ZoneId zone) {
        ZonedDateTime first = text.atZone(zone);
        return later == 0 ? first : first.withLaterOffsetAtOverlap().plusMinutes(later);
    }

    /** Whether a time of day is said beside the day. */
    static boolean isMinute(String text) {
        return text.matches("\\d{4}-\\d\\d-\\d\\dT.*");
    }

    /** The minute a moment begins, on a clock of that zone; anything else as it is. */
    static String first(String text, ZoneId zone) {
        return minute(text, Duration.ZERO, zone);
    }

    /** The minute a moment ends, which is no part of it. */
    static String last(String text, ZoneId zone) {
        return minute(text, Duration.ofNanos(1), zone);
    }

    private static String minute(String text, Duration before, ZoneId zone) {
        try {
            return LocalDateTime.ofInstant(Instant.parse(text).minus(before), zone)
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toString();
        } catch (DateTimeException isNoMoment) {
            return text;
        }
    }
}
