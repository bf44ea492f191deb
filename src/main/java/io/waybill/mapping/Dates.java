package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.text.Meant;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date or time by the first of these patterns that fits, strictly (31 February is none). Writes ISO 8601, or as it is told to: a date
 * alone as a date, a time with its offset; a time without an offset takes the zone, and a date alone its midnight there where a moment is
 * wanted. A time that the clocks of the zone leave out is none; of one that they show twice the earlier is written, with a warning.
 *
 * @param moment whether what is written is to have a time
 */
record Dates(
        List<String> patterns,
        List<DateTimeFormatter> formats,
        @Nullable Automaton asWritten,
        @Nullable ZoneId zone,
        boolean moment,
        DateSpelling spelling)
        implements Step {
    /** What is earlier was no year of four digits, or the beginning of time, which some programs write for none. */
    private static final int FIRST_YEAR = 1000;

    /** A fraction of a second has one to nine digits: some write seven, others leave out zeros at the end. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd[['T'][' ']HH:mm[:ss")
            .optionalStart()
            .appendLiteral('.')
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
            .optionalEnd()
            .optionalStart()
            .appendLiteral(',')
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
            .optionalEnd()
            .appendPattern("][XXX][XX][X]]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** Seconds since 1970, of the years 1973 to 2286: other numbers are more likely no such time, or one in milliseconds. */
    private static final DateTimeFormatter EPOCH =
            sinceEpoch().toFormatter(Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter EPOCH_MS = sinceEpoch()
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Set<DateTimeFormatter> SINCE_EPOCH = Set.of(EPOCH, EPOCH_MS);

    private static final ZonedDateTime SOME_TIME =
            ZonedDateTime.of(2026, 11, 28, 13, 14, 15, 161_718_192, ZoneId.of("Europe/Berlin"));

    /** A time spelled as it will be written; of 29 February the calendar must be asked. */
    private static final @Nullable Automaton AS_WRITTEN = Automaton.of(
            "^[1-9]\\d{3}-((0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
                    + "T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(Z|[+-](0[1-9]|1[0-7]):[0-5]\\d)$");

    /** @throws IllegalArgumentException for a pattern that is none, reads no day, or a time it cannot tell; {@code iso}, {@code epoch} and {@code epoch-ms} are some */
    static Dates of(List<String> patterns, @Nullable ZoneId zone, boolean moment, DateSpelling spelling) {
        boolean iso = patterns.contains("iso");
        List<DateTimeFormatter> formats = patterns.stream().map(Dates::format).toList();
        return new Dates(patterns, formats, iso && spelling.isIso() ? AS_WRITTEN : null, zone, moment, spelling);
    }

    /** {@code iso}, {@code epoch} and {@code epoch-ms} are some. */
    static boolean isPattern(String text) {
        try {
            format(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static DateTimeFormatter format(String pattern) {
        return switch (pattern) {
            case "iso" -> ISO;
            case "epoch" -> EPOCH;
            case "epoch-ms" -> EPOCH_MS;
            default ->
                telling(DateTimeFormatter.ofPattern(proleptic(pattern), Locale.ENGLISH)
                        .withResolverStyle(ResolverStyle.STRICT));
        };
    }

    private static DateTimeFormatterBuilder sinceEpoch() {
        return new DateTimeFormatterBuilder().appendValue(ChronoField.INSTANT_SECONDS, 9, 10, SignStyle.NOT_NEGATIVE);
    }

    /**
     * Hours of a half day without {@code a}, or minutes without hours, would be read and dropped; of what reads no day, as
     * {@code YYYY-MM-dd} does, whose year is that of weeks, no text would ever be a date.
     */
    private static DateTimeFormatter telling(DateTimeFormatter format) {
        TemporalAccessor read = read(format, format.format(SOME_TIME));
        if (read != null && read.query(TemporalQueries.localTime()) == null && DateSpelling.readsClock(read)) {
            throw new IllegalArgumentException("a time it cannot tell: " + format);
        }
        if (read != null && read.query(TemporalQueries.localDate()) == null) {
            throw new IllegalArgumentException("no day: " + format);
        }
        return format;
    }

    /** Strict reading wants {@code u} for the year, everybody writes {@code y}. Quoted text stays. */
    private static String proleptic(String pattern) {
        List<String> parts = new ArrayList<>(List.of(pattern.split("'", -1)));
        for (int i = 0; i < parts.size(); i += 2) {
            parts.set(i, parts.get(i).replace('y', 'u'));
        }
        return String.join("'", parts);
    }

    @Override
    public @Nullable JsonNode apply(JsonNode value, Spot spot) {
        String text = Meant.narrow(Values.text(value));
        if (asWritten != null && asWritten.accepts(text)) {
            return Values.NODES.textNode(text);
        }
        for (DateTimeFormatter format : formats) {
            TemporalAccessor time = read(format, text);
            LocalDate date = time == null ? null : time.query(TemporalQueries.localDate());
            if (time != null && date != null && date.getYear() >= FIRST_YEAR) {
                return written(date, time, spot);
            }
        }
        return spot.refuse(MappingCode.NOT_A_DATE, "legal", String.join(", ", patterns));
    }

    /** Zeros in front of a number of seconds are no such time, all of them rather none: an empty field is written so. */
    private static @Nullable TemporalAccessor read(DateTimeFormatter format, String text) {
        if (text.startsWith("0") && SINCE_EPOCH.contains(format)) {
            return null;
        }
        try {
            return format.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable JsonNode written(LocalDate date, TemporalAccessor read, Spot spot) {
        LocalTime time = read.query(TemporalQueries.localTime());
        if (time == null && !moment) {
            return alone(date, spot);
        }
        ZoneId own = read.query(TemporalQueries.zone());
        ZoneId in = own == null ? zone : own;
        if (in == null) {
            return spot.refuse(MappingCode.NO_ZONE);
        }
        return time == null
                ? text(date.atStartOfDay(in).toOffsetDateTime())
                : there(LocalDateTime.of(date, time), in, spot);
    }

    private @Nullable JsonNode alone(LocalDate date, Spot spot) {
        String written = spelling.of(date);
        return written == null
                ? spot.refuse(MappingCode.NOT_A_DATE, "legal", String.valueOf(spelling.pattern()))
                : Values.NODES.textNode(written);
    }

    /** As the clocks of a zone show it. */
    private @Nullable JsonNode there(LocalDateTime time, ZoneId in, Spot spot) {
        int often = in.getRules().getValidOffsets(time).size();
        if (often == 0) {
            return spot.refuse(MappingCode.TIME_LEFT_OUT, "zone", in.getId());
        }
        JsonNode written = text(time.atZone(in).toOffsetDateTime());
        if (often > 1) {
            spot.warn(MappingCode.TIME_SHOWN_TWICE, "zone", in.getId(), "written", written.asText());
        }
        return written;
    }

    private JsonNode text(OffsetDateTime time) {
        return Values.NODES.textNode(spelling.of(time));
    }
}
