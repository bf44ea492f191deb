package io.waybill.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a date or time is written: ISO 8601 with the offset it was read with, or by a pattern, as the clocks of the zone show it.
 *
 * @param pattern null for ISO 8601
 * @param format null for ISO 8601
 * @param zone null: as it was read
 */
record DateSpelling(
        @Nullable String pattern,
        @Nullable DateTimeFormatter format,
        @Nullable ZoneId zone) {
    static final DateSpelling ISO = new DateSpelling(null, null, null);

    private static final ZonedDateTime SOME_TIME =
            ZonedDateTime.of(2026, 11, 28, 13, 14, 15, 161_718_192, ZoneId.of("Europe/Berlin"));

    /** In the letters of a pattern, each once in turn. */
    private static final Pattern MISTAKEN = Pattern.compile("Y|(^|[^HhKk])m|[HhKk][ML]|[ML].*D|D.*[ML]");

    /** @throws IllegalArgumentException for a pattern that is none */
    static DateSpelling of(String pattern, @Nullable ZoneId zone) {
        return new DateSpelling(pattern, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH), zone);
    }

    /**
     * Whether it writes what it seems to. The year of weeks is another one around New Year; minutes stand behind hours, else they are
     * taken for months, and months do not; a day of the year has no month; hours of a half day alone tell no time; and without a zone
     * nobody knows its name.
     */
    static boolean isPattern(String pattern, @Nullable ZoneId zone) {
        try {
            DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
            String letters = pattern.replaceAll("'[^']*'|[^A-Za-z]", "").replaceAll("(.)\\1+", "$1");
            TemporalAccessor some = zone == null ? SOME_TIME.toOffsetDateTime() : SOME_TIME;
            return !MISTAKEN.matcher(letters).find() && tells(format, format.format(some));
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    private static boolean tells(DateTimeFormatter format, String text) {
        try {
            TemporalAccessor read = format.parse(text);
            return read.query(TemporalQueries.localTime()) != null || !readsClock(read);
        } catch (DateTimeException notReadAgain) {
            return true;
        }
    }

    static boolean readsClock(TemporalAccessor read) {
        return Stream.of(ChronoField.values()).anyMatch(field -> field.isTimeBased() && read.isSupported(field));
    }

    /** As any time is written. */
    String some() {
        return of(SOME_TIME.toOffsetDateTime());
    }

    boolean isIso() {
        return format == null;
    }

    String of(OffsetDateTime time) {
        if (format == null) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
        return format.format(zone == null ? time : time.atZoneSameInstant(zone));
    }

    /** Null where the pattern wants a time. */
    @Nullable
    String of(LocalDate date) {
        try {
            return format == null ? date.toString() : format.format(date);
        } catch (DateTimeException hasNoTime) {
            return null;
        }
    }
}
