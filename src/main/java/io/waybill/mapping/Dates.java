package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date or time by the first of these patterns that fits, strictly (31 February is none). Writes ISO 8601: a date
 * alone as a date, a time with its offset; a time without an offset takes the zone.
 */
record Dates(
        List<String> patterns,
        List<DateTimeFormatter> formats,
        @Nullable ZoneId zone) implements Step {

    /** @throws IllegalArgumentException for a pattern that is none; {@code iso} is one */
    static Dates of(List<String> patterns, @Nullable ZoneId zone) {
        return new Dates(patterns, patterns.stream().map(Dates::format).toList(), zone);
    }

    private static DateTimeFormatter format(String pattern) {
        return pattern.equals("iso")
                ? DateTimeFormatter.ofPattern(
                        "uuuu-MM-dd[['T'][' ']HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][.SS][.S][XXX][XX][X]]", Locale.ROOT)
                : DateTimeFormatter.ofPattern(proleptic(pattern), Locale.ENGLISH)
                        .withResolverStyle(ResolverStyle.STRICT);
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
        String text = Values.narrow(Values.text(value));
        for (DateTimeFormatter format : formats) {
            TemporalAccessor time = read(format, text);
            if (time != null) {
                return written(time, spot);
            }
        }
        return spot.refuse(MappingCode.NOT_A_DATE, "legal", String.join(", ", patterns));
    }

    private static @Nullable TemporalAccessor read(DateTimeFormatter format, String text) {
        try {
            return format.parseBest(
                    text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable JsonNode written(TemporalAccessor time, Spot spot) {
        if (time instanceof LocalDate date) {
            return Values.NODES.textNode(date.toString());
        }
        if (time instanceof LocalDateTime local) {
            return zone == null
                    ? spot.refuse(MappingCode.NO_ZONE)
                    : iso(local.atZone(zone).toOffsetDateTime());
        }
        return iso(time instanceof ZonedDateTime zoned ? zoned.toOffsetDateTime() : OffsetDateTime.from(time));
    }

    private static JsonNode iso(OffsetDateTime time) {
        return Values.NODES.textNode(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
    }
}
