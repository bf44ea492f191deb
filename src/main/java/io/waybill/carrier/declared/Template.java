package io.waybill.carrier.declared;

import io.waybill.text.UrlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text with words in braces: {@code /v1/orders/{id}/label}. A part in brackets is left out where a word in it has no value. */
final class Template {
    private static final Pattern WORD = Pattern.compile("\\{([A-Za-z][A-Za-z0-9.]{0,60})}");
    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\[\\]]*)]");

    private final String text;

    Template(String text) {
        this.text = text;
    }

    /** The words in braces, as they stand. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }

    /** Without any brace that is no word. */
    boolean isWhole() {
        return !WORD.matcher(text).replaceAll("").matches("(?s).*[{}].*");
    }

    /**
     * As a path: every value is one segment of it.
     *
     * @throws IllegalArgumentException when one has no value, or leads elsewhere
     */
    String path(Map<String, String> values) {
        return fill(text, values, value -> {
            if (value.isBlank() || value.equals(".") || value.equals("..")) {
                throw new IllegalArgumentException("no path can be made of \"" + value + "\"");
            }
            return UrlPart.of(value);
        });
    }

    /** As it is; null where one of the words has no value. */
    @Nullable
    String plain(Map<String, String> values) {
        return words().stream().anyMatch(word -> values.getOrDefault(word, "").isEmpty())
                ? null
                : fill(text, values, UnaryOperator.identity());
    }

    /** As a text to sign, where a word without a value is an empty text. */
    String signed(Map<String, String> values) {
        String chosen = OPTIONAL.matcher(text).replaceAll(part -> {
            String inside = part.group(1);
            boolean there = new Template(inside)
                    .words().stream()
                            .noneMatch(word -> values.getOrDefault(word, "").isEmpty());
            return Matcher.quoteReplacement(there ? inside : "");
        });
        return WORD.matcher(chosen)
                .replaceAll(word -> Matcher.quoteReplacement(values.getOrDefault(word.group(1), "")));
    }

    private static String fill(String text, Map<String, String> values, UnaryOperator<String> how) {
        return WORD.matcher(text).replaceAll(word -> {
            String value = values.get(word.group(1));
            if (value == null) {
                throw new IllegalArgumentException("nothing is known of {" + word.group(1) + "}");
            }
            return Matcher.quoteReplacement(how.apply(value));
        });
    }

    @Override
    public String toString() {
        return text;
    }
}
