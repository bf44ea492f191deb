package io.waybill.problem;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one language, from {@code messages_en.properties} or {@code messages_zh.properties}. Placeholders are
 * named: {@code {value}}. A language other than Chinese reads English.
 */
public final class Messages {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final String LEGAL = "legal";
    private static final String KEPT = "keptAs";
    private static final String NEAREST = "nearest";

    /** What the nearest is where nothing is known. */
    private static final String NOTHING = "-";

    private static final Pattern QUESTION = Pattern.compile("[;；][^;；]*\\{nearest}[^;；]*[?？]");
    private static final Messages ENGLISH = new Messages(Locale.ENGLISH);
    private static final Messages CHINESE = new Messages(Locale.CHINESE);
    private static final Phrases PHRASES = new Phrases(ENGLISH.bundle, LEGAL + ".");

    private final ResourceBundle bundle;

    private Messages(Locale language) {
        this.bundle = ResourceBundle.getBundle(
                "messages",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public static Messages in(Locale language) {
        return language.getLanguage().equals(Locale.CHINESE.getLanguage()) ? CHINESE : ENGLISH;
    }

    /** The text under a key with its placeholders filled; a key without a text answers with the key and its values. */
    public String text(String key, Map<String, String> values) {
        String found = optional(key, values);
        return found != null ? found : key + " " + values;
    }

    /** An addition to a sentence: its text, or null when there is none or one of its values is not known or empty. */
    @Nullable
    String addition(String key, Map<String, String> values) {
        boolean complete = bundle.containsKey(key)
                && PLACEHOLDER
                        .matcher(bundle.getString(key))
                        .results()
                        .noneMatch(
                                match -> values.getOrDefault(match.group(1), "").isBlank());
        return complete ? optional(key, values) : null;
    }

    /** Every key that is the code of a problem, sorted. */
    public SortedSet<String> codes() {
        return bundle.keySet().stream()
                .filter(key -> key.indexOf('.') < 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The text of a code with its placeholders unfilled, and its hint when it has one. */
    public String template(String code) {
        String hint = code + ".hint";
        return bundle.getString(code) + (bundle.containsKey(hint) ? " — " + bundle.getString(hint) : "");
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** The text under a key with name, value pairs. */
    public String text(String key, Object... namesAndValues) {
        return text(key, Problem.of(() -> key, namesAndValues).values());
    }

    @Nullable
    String optional(String key, Map<String, String> values) {
        if (!bundle.containsKey(key)) {
            return null;
        }
        String nearest = values.get(NEAREST);
        String template = nearest != null && (nearest.isBlank() || nearest.equals(NOTHING))
                ? QUESTION.matcher(bundle.getString(key)).replaceFirst("")
                : bundle.getString(key);
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), values)));
    }

    /** What is legal may be the key of a text, or its English words, so that it is told in the reader's language too. */
    private String value(String name, Map<String, String> values) {
        String value = values.getOrDefault(name, "?");
        if (!name.equals(LEGAL)) {
            return value;
        }
        return value.startsWith(LEGAL + ".") ? text(value, values) : legal(value);
    }

    private String legal(String english) {
        return this == ENGLISH
                ? english
                : PHRASES.find(english)
                        .map(said -> text(said.key(), said.values()))
                        .orElse(english);
    }

    String sentence(Problem problem) {
        Map<String, String> values = problem.shown();
        String where = Stream.of(where(values, "file", "line"), document(values), at("source", values))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return (where.isEmpty() ? "" : where + ": ")
                + (problem.pointer() == null || problem.pointer().isEmpty() ? "" : problem.pointer() + " ")
                + said(problem);
    }

    String said(Problem problem) {
        Map<String, String> values = problem.shown();
        String expected = addition(problem.code() + ".expected", problem.values());
        String hint = addition(problem.code() + ".hint", values);
        String said = text(problem.code(), values)
                + (expected == null ? "" : " " + text("sentence.expected", "expected", expected));
        return hint == null ? said : hinted(said, hint);
    }

    /** After a question its mark is stop enough. */
    private String hinted(String said, String hint) {
        return said.endsWith("?") || said.endsWith("？")
                ? text("sentence.hint.asked", "said", said, "hint", hint)
                : text("sentence.hint", "said", unended(said), "hint", hint);
    }

    /** Without the mark that ends a sentence, so that one can be set. */
    private static String unended(String said) {
        return said.matches("(?s).*[.。]") ? said.substring(0, said.length() - 1) : said;
    }

    private String where(Map<String, String> values, String file, String line) {
        String name = values.getOrDefault(file, "");
        return name.isEmpty() || !values.containsKey(line) ? name : name + ":" + values.get(line);
    }

    /** By its row; one that was kept by its name. */
    private String document(Map<String, String> values) {
        return values.containsKey(KEPT) ? text("sentence." + values.get(KEPT), values) : at("row", values);
    }

    private String at(String name, Map<String, String> values) {
        return values.containsKey(name) ? text("sentence." + name, values) : "";
    }
}
