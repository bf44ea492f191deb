package io.waybill.edge;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a source is given in its route, before anything is asked or pushed: a slip in it would look like a shop without orders. */
final class PollValues {
    private static final Pattern TO_BE_FILLED = Pattern.compile("\\{(?!(since|page|after)})\\w+}");
    private static final String POINTER = "a JSON pointer, such as /orders";
    private static final String PATTERN = "a date and a time of day, such as yyyy-MM-dd HH:mm:ss";
    private static final Instant ANY = Instant.parse("2026-11-24T13:14:15Z");

    private PollValues() {}

    /** What would be legal instead; empty where the value is. */
    static Optional<String> legal(String parameter, String value) {
        return switch (parameter) {
            case "path" ->
                unless(
                        value.startsWith("/") && !TO_BE_FILLED.matcher(value).find(),
                        "a path that begins with /, in which {since}, {page} and {after} are filled in");
            case "items", "stamp", "after", "identity" -> unless(isPointer(value), POINTER);
            case "times" -> unless(value.isEmpty() || tellsMoments(value), PATTERN);
            case "links" -> unless(List.of("true", "false").contains(value), "true or false");
            case "more" ->
                unless(
                        arePairs(value, pair -> pair.startsWith("/")),
                        "JSON pointers, each with a mapping: /lineItems=MAPPING");
            case "details" ->
                unless(
                        arePairs(value, pair -> pair.matches("[^=/]+=\\s*/.*")),
                        "names, each with a path: lines=/orders/{id}/lines");
            default -> Optional.empty();
        };
    }

    /** As {@link #legal}, of a webhook. */
    static Optional<String> ofHook(String parameter, String value) {
        return switch (parameter) {
            case "identity", "stamp" -> legal(parameter, value);
            case "style" -> unless(List.of("standard", "base64", "hex").contains(value), "standard, base64 or hex");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean good, String legal) {
        return good ? Optional.empty() : Optional.of(legal);
    }

    private static boolean isPointer(String value) {
        try {
            JsonPointer unused = JsonPointer.compile(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether what is written so can be read again as a moment. */
    private static boolean tellsMoments(String pattern) {
        try {
            DateTimeFormatter times = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
            String written = times.format(ANY.atOffset(ZoneOffset.UTC));
            TemporalAccessor unused = times.parseBest(written, OffsetDateTime::from, LocalDateTime::from);
            return true;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean arePairs(String value, Predicate<String> isPair) {
        return value.isBlank()
                || Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .allMatch(pair -> pair.matches("[^=]+=.+") && isPair.test(pair));
    }
}
