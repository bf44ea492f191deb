package io.waybill.delivery;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When the events a sink tells together become a file: {@code batch=22:00}, once a day at that time of {@code zone}; {@code
 * batch=15m}, so long after the first; with {@code /5000} also when there are so many.
 *
 * @param at the time of day, or null
 * @param after how long after the first event, where no time of day is said
 */
public record BundleRule(@Nullable LocalTime at, Duration after, int most, ZoneId zone) {
    private static final int MOST = 100_000;
    private static final String EXPECTED =
            "15m, 1d or 22:00, and after a slash how many at most (1 to 100000), such as 22:00/5000";

    /** @throws ProblemException {@code missing-setting}, {@code bad-setting} */
    public static BundleRule read(Section sink) {
        String said = sink.required("batch");
        String[] parts = said.split("/", 2);
        int most = parts.length == 1 ? MOST : count(sink, said, parts[1].strip());
        String when = parts[0].strip();
        if (when.matches("\\d{1,2}:\\d\\d")) {
            return new BundleRule(time(sink, said, when), Duration.ZERO, most, zone(sink));
        }
        if (!when.matches("[1-9]\\d{0,5}[smhd]")) {
            throw sink.bad("batch", said, EXPECTED);
        }
        long number = Long.parseLong(when.substring(0, when.length() - 1));
        Duration after = switch (when.charAt(when.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return new BundleRule(null, after, most, zone(sink));
    }

    private static int count(Section sink, String said, String count) {
        if (!count.matches("[1-9]\\d{0,5}") || Integer.parseInt(count) > MOST) {
            throw sink.bad("batch", said, EXPECTED);
        }
        return Integer.parseInt(count);
    }

    private static LocalTime time(Section sink, String said, String when) {
        try {
            return LocalTime.parse(when.length() == 4 ? "0" + when : when);
        } catch (DateTimeException e) {
            throw sink.bad("batch", said, EXPECTED);
        }
    }

    static ZoneId zone(Section sink) {
        String said = sink.get("zone", "UTC");
        try {
            return ZoneId.of(said);
        } catch (DateTimeException e) {
            throw sink.bad("zone", said, "a time zone such as UTC or Europe/Berlin");
        }
    }

    /** @param oldest when the first of the waiting events came, or null when none waits */
    boolean isDue(long events, @Nullable Instant oldest, Instant now) {
        if (oldest == null) {
            return false;
        }
        return events >= most || (at == null ? !oldest.plus(after).isAfter(now) : oldest.isBefore(last(at, now)));
    }

    /** The last time it was this time of day; once a day, also where clocks show it twice or pass over it. */
    private Instant last(LocalTime time, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant next = ZonedDateTime.of(today, time, zone).toInstant();
        return next.isAfter(now)
                ? ZonedDateTime.of(today.minusDays(1), time, zone).toInstant()
                : next;
    }
}
