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
            Pattern.compile("[T ]*(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?(.*)");
    private static final Pattern ZONE = Pattern.compile("\\s*(?:UTC|GMT)?([+-]\\d{2}(?::?\\d{2})?)");
    private static final Pattern GREENWICH = Pattern.compile("(?i)\\s*(?:Z|UTC|GMT)");

    private ScanTime() {}

    /**
     * Reads {@code 2026-11-24T10:00:00Z}, {@code 2026-11-24 10:00}, {@code 20261124T100000+0100}, {@code 2026/11/24}, {@code 24.11.2026 10:00}
     * and their like. A day whose time cannot be read, or is not told, is its midnight: an event is not lost over it.
     *
     * @param otherwise the clocks it is told by where it does not say so itself
     * @return empty when there is no day
     */
    public static Optional<OffsetDateTime> of(String told, ZoneId otherwise) {
        Matcher day = DAY.matcher(told.strip());
        if (!day.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = day.group(1) == null
                    ? date(day.group(7), day.group(6), day.group(5))
                    : date(day.group(1), day.group(3), day.group(4));
            return Optional.of(at(date, day.group(8), otherwise));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** For {@code or}: a scan that cannot be told, because no day can be read of its time, is counted and logged. */
    public static Optional<OffsetDateTime> untold(String carrier, String told) {
        UnknownCodes.time(carrier, told);
        return Optional.empty();
    }

    private static LocalDate date(String year, String month, String day) {
        return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
    }

    private static OffsetDateTime at(LocalDate date, String rest, ZoneId otherwise) {
        OffsetDateTime midnight = date.atStartOfDay(otherwise).toOffsetDateTime();
        Matcher clock = CLOCK.matcher(rest);
        if (!clock.matches()) {
            return midnight;
        }
        try {
            LocalTime time = LocalTime.of(
                    Integer.parseInt(clock.group(1)),
                    Integer.parseInt(clock.group(2)),
                    number(clock.group(3)),
                    number(clock.group(4) == null ? null : (clock.group(4) + "00000000").substring(0, 9)));
            return date.atTime(time).atZone(zone(clock.group(5), otherwise)).toOffsetDateTime();
        } catch (DateTimeException noSuchTime) {
            return midnight;
        }
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
