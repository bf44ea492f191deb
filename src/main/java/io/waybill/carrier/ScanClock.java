package io.waybill.carrier;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a scan.
 *
 * @param at as the clock shows it
 * @param zone by whose clocks, as it is written; may be blank
 */
record ScanClock(LocalDateTime at, String zone) {
    private static final Pattern CLOCK =
            Pattern.compile("[Tt,\\h]*(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?"
                    + "(?:\\h*([AaPp])\\.?[Mm]\\b\\.?)?(.*)");
    private static final int END_OF_DAY = 24;
    private static final int NOON = 12;

    /** @param told what stands behind the day */
    static Optional<ScanClock> of(LocalDate day, String told) {
        Matcher clock = CLOCK.matcher(told);
        if (!clock.matches()) {
            return Optional.empty();
        }
        int minute = number(clock.group(2));
        boolean isEndOfDay = number(clock.group(1)) == END_OF_DAY && minute == 0;
        try {
            int hour = isEndOfDay ? 0 : hour(number(clock.group(1)), clock.group(5));
            LocalTime time = LocalTime.of(hour, minute, number(clock.group(3)), nanos(clock.group(4)));
            return Optional.of(new ScanClock(day.plusDays(isEndOfDay ? 1 : 0).atTime(time), clock.group(6)));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** Some write {@code 16:52 PM}; nobody means {@code 16:52 AM}. */
    private static int hour(int said, @Nullable String half) {
        if (half == null) {
            return said;
        }
        boolean isAfternoon = half.equalsIgnoreCase("p");
        if (said > NOON && !isAfternoon) {
            throw new DateTimeException("no hour of a morning: " + said);
        }
        int hour = said == NOON ? 0 : said;
        return isAfternoon && hour < NOON ? hour + NOON : hour;
    }

    private static int nanos(@Nullable String fraction) {
        return number(fraction == null ? null : (fraction + "00000000").substring(0, 9));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
