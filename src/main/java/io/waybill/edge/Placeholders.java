package io.waybill.edge;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code {{…}}} of a route file, as Camel reads them: {@code {{key}}}, {@code {{key:otherwise}}}, {@code {{?key}}}, one
 * inside another, and functions such as {@code {{env:NAME}}} that are not settings.
 */
final class Placeholders {
    private static final Pattern INNERMOST = Pattern.compile("\\{\\{([^{}]+)}}");
    /** Of keys that a route names: other words before two braces end an expression within JSON, or a closure. */
    private static final Pattern SHUT = Pattern.compile(
            "(?<![{$\\w.:-])\\{?(source|sink|account|datasource|system|kafka|station|waybill)(\\.[\\w-]+)+}}");

    private static final Pattern FUNCTION = Pattern.compile(
            "(env|sys|service|service\\.name|service\\.host|service\\.port|bean|boolean|random|ref|base64|secret|aws|gcp|azure|hashicorp)(:.*)?");
    private static final int DEEPEST = 4;

    private Placeholders() {}

    /** Every key named, those of functions left out. */
    static List<String> keys(String text) {
        return INNERMOST
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(inside -> !isFunction(inside))
                .map(Placeholders::key)
                .toList();
    }

    /** Whether one begins that does not end, which Camel refuses without a line. */
    static boolean isLeftOpen(String text) {
        String rest = without(text);
        return rest.lastIndexOf("{{") > rest.lastIndexOf("}}");
    }

    /** Whether the key of a setting ends one that does not begin, which Camel leaves as it stands. */
    static boolean isLeftShut(String text) {
        return SHUT.matcher(without(text)).find();
    }

    /** What is not within any, functions being none the less. */
    private static String without(String text) {
        String now = text;
        String before;
        do {
            before = now;
            now = INNERMOST.matcher(before).replaceAll("");
        } while (!now.equals(before));
        return now;
    }

    /** The keys without which the text cannot be filled. */
    static List<String> missing(String text, Function<String, @Nullable String> values) {
        String filled = fill(text, values);
        return INNERMOST
                .matcher(filled)
                .results()
                .map(found -> found.group(1))
                .filter(inside -> !isFunction(inside))
                .toList();
    }

    /** The text with everything filled in, or null when something stays open. */
    static @Nullable String filled(String text, Function<String, @Nullable String> values) {
        String filled = fill(text, values);
        return filled.contains("{{") ? null : filled;
    }

    /** What can be filled in is; the rest stays as it stands. */
    static String fill(String text, Function<String, @Nullable String> values) {
        String now = text;
        for (int depth = 0; depth < DEEPEST; depth++) {
            String before = now;
            now = INNERMOST
                    .matcher(before)
                    .replaceAll((MatchResult found) -> Matcher.quoteReplacement(value(found, values)));
            if (now.equals(before)) {
                break;
            }
        }
        return now;
    }

    private static String value(MatchResult found, Function<String, @Nullable String> values) {
        String inside = found.group(1);
        if (isFunction(inside)) {
            return found.group();
        }
        String value = values.apply(key(inside));
        if (value != null) {
            return value;
        }
        int colon = inside.indexOf(':');
        return colon >= 0 ? inside.substring(colon + 1) : inside.startsWith("?") ? "" : found.group();
    }

    private static boolean isFunction(String inside) {
        return FUNCTION.matcher(inside).matches();
    }

    private static String key(String inside) {
        String key = inside.startsWith("?") || inside.startsWith("!") ? inside.substring(1) : inside;
        int colon = key.indexOf(':');
        return (colon >= 0 ? key.substring(0, colon) : key).strip();
    }
}
