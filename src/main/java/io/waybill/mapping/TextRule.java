package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.text.Undecoded;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a text must be. None has what the wrong charset leaves in it, a control character of U+0080 to U+009F or U+FFFD, but in the
 * words of a carrier: a scan, or what a described carrier answers.
 *
 * @param minLength in characters, as a person counts them
 * @param pattern found anywhere in the text
 * @param automaton accepts nothing the pattern does not find
 * @param legal examples of what fits, to be shown; empty where the schema gives none
 * @param format {@code date} and {@code date-time} are checked
 * @param whole has no letter that was lost
 */
record TextRule(
        int minLength,
        int maxLength,
        @Nullable Pattern pattern,
        @Nullable Automaton automaton,
        String legal,
        String format,
        boolean whole) {

    private static final Set<Integer> HIDDEN =
            Set.of((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.LINE_SEPARATOR, (int)
                    Character.PARAGRAPH_SEPARATOR);

    static final TextRule NONE = new TextRule(0, Integer.MAX_VALUE, null, null, "", "", true);

    static TextRule read(JsonNode schema, boolean whole) {
        return new TextRule(
                schema.path("minLength").asInt(0),
                schema.path("maxLength").asInt(Integer.MAX_VALUE),
                schema.has("pattern") ? Pattern.compile(schema.get("pattern").asText()) : null,
                Automaton.of(schema.path("pattern").asText("")),
                StreamSupport.stream(schema.path("examples").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")),
                schema.path("format").asText(""),
                whole);
    }

    boolean holds(String text) {
        int length = text.length() <= maxLength && minLength <= 1
                ? Math.min(1, text.length())
                : text.codePointCount(0, text.length());
        return length <= maxLength
                && length >= minLength
                && matches(text)
                && lost(text).isEmpty()
                && (format.isEmpty() || isOfFormat(text));
    }

    void check(String text, String pointer, Rule.Report report) {
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            report.violation(pointer, MappingCode.TOO_LONG, "max", maxLength, "length", length);
        }
        if (length < minLength) {
            report.violation(pointer, MappingCode.TOO_SHORT, "min", minLength);
        }
        OptionalInt hidden = matches(text) ? lost(text) : hidden(text);
        if (hidden.isPresent()) {
            int place = hidden.getAsInt();
            report.violation(
                    pointer,
                    MappingCode.HIDDEN_CHARACTER,
                    "found",
                    String.format(Locale.ROOT, "U+%04X", text.codePointAt(place)),
                    "place",
                    text.codePointCount(0, place) + 1);
        } else if (pattern != null && !matches(text)) {
            report.violation(
                    pointer, MappingCode.NOT_LIKE_PATTERN, "legal", legal.isEmpty() ? pattern.pattern() : legal);
        }
        if (!isOfFormat(text)) {
            report.violation(pointer, MappingCode.NOT_A_DATE, "legal", legal.isEmpty() ? format : legal);
        }
    }

    private OptionalInt lost(String text) {
        return whole ? Undecoded.in(text) : OptionalInt.empty();
    }

    /** The first character that shows nothing, or breaks the line: what was expected looks the same as what is there. */
    private static OptionalInt hidden(String text) {
        return IntStream.range(0, text.length())
                .filter(at -> HIDDEN.contains(Character.getType(text.charAt(at))))
                .findFirst();
    }

    /** Whether a date with a time and its offset is one, and a date alone none. */
    boolean wantsMoment() {
        return format.equals("date-time")
                || (pattern != null && matches("2026-11-24T09:30:00Z") && !matches("2026-11-24"));
    }

    /** Whether words fit it as well as days and digits. */
    boolean takesAny() {
        return format.isEmpty() && matches("x") && matches("2026-11-24");
    }

    private boolean matches(String text) {
        return pattern == null
                || (automaton != null && automaton.accepts(text))
                || pattern.matcher(text).find();
    }

    private boolean isOfFormat(String text) {
        try {
            return switch (format) {
                case "date" -> LocalDate.parse(text) != null;
                case "date-time" -> OffsetDateTime.parse(text) != null;
                default -> true;
            };
        } catch (DateTimeException e) {
            return false;
        }
    }
}
