package io.waybill.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: a {@link Code} with the values its sentence needs, and where in the document it stands.
 *
 * @param code the public spelling of the {@link Code}
 * @param pointer JSON pointer of the field at fault ({@code /shipTo/postalCode}), or null when it is not about one field
 * @param values named values for the sentence; {@code file}, {@code row}, {@code line} and {@code source} also say where
 */
public record Problem(String code, @Nullable String pointer, Map<String, String> values) {

    /** Of each value a sentence shows so many characters: a caller may send a name as long as a body. */
    private static final int SHOWN = 2_000;

    public Problem {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A problem with values given as name, value, name, value. */
    public static Problem of(Code code, @Nullable Object... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
        }
        return new Problem(code.code(), null, values);
    }

    /** The same problem, found at this JSON pointer. */
    public Problem at(@Nullable String jsonPointer) {
        return new Problem(code, jsonPointer, values);
    }

    /** The same problem with one more value. */
    public Problem with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, String.valueOf(value));
        return new Problem(code, pointer, more);
    }

    /** What happened, in this language. */
    public String detail(Locale language) {
        return Messages.in(language).text(code, shown());
    }

    /** The values as a sentence shows them. */
    Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>(values);
        shown.replaceAll((name, value) -> value.length() <= SHOWN ? value : beginning(value) + "…");
        return shown;
    }

    private static String beginning(String value) {
        boolean inTwo = Character.isSurrogatePair(value.charAt(SHOWN - 1), value.charAt(SHOWN));
        return value.substring(0, inTwo ? SHOWN - 1 : SHOWN);
    }

    /** What was expected instead, or null when the detail says it all. */
    public @Nullable String expected(Locale language) {
        return Messages.in(language).addition(code + ".expected", values);
    }

    /** What to do next, or null; null too when the hint needs a value this problem does not have. */
    public @Nullable String hint(Locale language) {
        return Messages.in(language).addition(code + ".hint", shown());
    }

    /** The whole sentence for a log line, a receipt or a terminal: where, what, expected, what to do. */
    public String sentence(Locale language) {
        return Messages.in(language).sentence(this);
    }

    /** The same without where it stands, for whoever sees that. */
    public String said(Locale language) {
        return Messages.in(language).said(this);
    }

    /** The English sentence. */
    @Override
    public String toString() {
        return sentence(Locale.ENGLISH);
    }
}
