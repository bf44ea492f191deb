package io.waybill.carrier;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When something happened to a parcel, as carriers write it. */
public final class ScanTime {
    private static final Pattern DAY = Pattern.compile(
            "(?:((?:19|20)\\d{2})([-/]?)(\\d{2})\\2(\\d{2})|(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}))(.*)", Pattern.DOTALL);
    private static final Pattern CLOCK =
            Pattern.compile("[Tt ]*(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?(.*)");
    private static final Pattern ZONE = Pattern.compile("\\s*(?:UTC|GMT)?([+-]\\d{2}(?::?\\d{2})?)");
    private static final Pattern GREENWICH = Pattern.compile("(?i)\\s*(?:Z|UTC|GMT)");
    private static final int END_OF_DAY = 24;

    private ScanTime() {}

    /**
     * Reads {@code 2026-11-24T10:00:00Z}, {@code 2026-11-24 10:00}, {@code 20261124T100000+0100}, {@code 2026/11/24}, {@code 24.11.2026 10:00}
     * and their like. A day whose time cannot be read, or is not told, is its midnight: an event is not lost over it.
     *
     * @param otherwise the clocks it is told by where it does not say so itself
     * @return empty when there is no day
     */
    public static Optional<OffsetDateTime> of(String told, ZoneId otherwise) {
        return moment(told, otherwise).or(() -> midnight(told, otherwise));
    }

    /**
     * The same of what is told by Greenwich's clocks and by those of the place, either of which may be missing: the one whose time can be
     * read, Greenwich's first.
     *
     * @param offset the place's
     */
    public static Optional<OffsetDateTime> of(String greenwich, String local, ZoneOffset offset) {
        return moment(greenwich, ZoneOffset.UTC)
                .map(at -> at.withOffsetSameInstant(offset))
                .or(() -> moment(local, offset))
                .or(() -> midnight(greenwich, ZoneOffset.UTC).map(at -> at.withOffsetSameInstant(offset)))
                .or(() -> midnight(local, offset));
    }

    /** For {@code or}: a scan that cannot be told, because no day can be read of its time, is counted and logged. */
    public static Optional<OffsetDateTime> untold(String carrier, String told) {
        UnknownCodes.time(carrier, told);
        return Optional.empty();
    }

    private static Optional<OffsetDateTime> midnight(String told, ZoneId otherwise) {
        Matcher day = DAY.matcher(told.strip());
        return date(day).map(date -> date.atStartOfDay(otherwise).toOffsetDateTime());
    }

    private static Optional<OffsetDateTime> moment(String told, ZoneId otherwise) {
        Matcher day = DAY.matcher(told.strip());
        return date(day).flatMap(date -> moment(date, day.group(8), otherwise));
    }

    private static Optional<LocalDate> date(Matcher day) {
        if (!day.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    day.group(1) == null
                            ? LocalDate.of(number(day.group(7)), number(day.group(6)), number(day.group(5)))
                            : LocalDate.of(number(day.group(1)), number(day.group(3)), number(day.group(4))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<OffsetDateTime> moment(LocalDate date, String rest, ZoneId otherwise) {
        Matcher clock = CLOCK.matcher(rest);
        if (!clock.matches()) {
            return Optional.empty();
        }
        int hour = number(clock.group(1));
        int minute = number(clock.group(2));
        boolean isEndOfDay = hour == END_OF_DAY && minute == 0;
        try {
            LocalTime time = LocalTime.of(isEndOfDay ? 0 : hour, minute, number(clock.group(3)), nanos(clock.group(4)));
            return Optional.of(date.plusDays(isEndOfDay ? 1 : 0)
                    .atTime(time)
                    .atZone(zone(clock.group(5), otherwise))
                    .toOffsetDateTime());
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static int nanos(@Nullable String fraction) {
        return number(fraction == null ? null : (fraction + "00000000").substring(0, 9));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** @throws DateTimeException when it is told and cannot be read */
    private static ZoneId zone(String told, ZoneId otherwise) {
        if (told.isBlank()) {
            return otherwise;
        }
        Matcher zone = ZONE.matcher(told);
        if (zone.matches()) {
            return ZoneOffset.of(zone.group(1));
        }
        if (GREENWICH.matcher(told).matches()) {
            return ZoneOffset.UTC;
        }
        throw new DateTimeException("no zone: " + told);
    }
}
