package io.waybill.problem;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is legal where it is said in English: by its text it is found which one it is, so that it can be told in another language. */
final class Phrases {
    private static final Set<String> BOUNDS = Set.of("least", "most");

    private final List<Phrase> phrases;

    private record Phrase(String key, List<String> names, Pattern pattern, int literal) {
        static Phrase of(String key, String text) {
            List<String> names = Messages.PLACEHOLDER
                    .matcher(text)
                    .results()
                    .map(at -> at.group(1))
                    .toList();
            String[] between = Messages.PLACEHOLDER.split(text, -1);
            StringBuilder pattern = new StringBuilder(Pattern.quote(between[0]));
            for (int i = 1; i < between.length; i++) {
                pattern.append(value(names.get(i - 1), between[0].isEmpty())).append(Pattern.quote(between[i]));
            }
            return new Phrase(
                    key,
                    names,
                    Pattern.compile(pattern.toString(), Pattern.DOTALL),
                    String.join("", between).length());
        }

        /** A bound is a number or a duration; in a phrase that begins with a value each is a word, else it would fit too much. */
        private static String value(String name, boolean begins) {
            return BOUNDS.contains(name) ? "(-?\\d\\S*)" : begins ? "(\\S+)" : "(.+)";
        }
    }

    /** Its key, and the values it was filled with. */
    record Said(String key, Map<String, String> values) {}

    /** @param english the texts in which it is said; of those that fit it is the one with most words of its own */
    Phrases(ResourceBundle english, String prefix) {
        this.phrases = english.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> Phrase.of(key, english.getString(key)))
                .sorted(Comparator.comparing(Phrase::literal).reversed().thenComparing(Phrase::key))
                .toList();
    }

    /** Empty for what is the same in every language, such as words of a settings file. */
    Optional<Said> find(String text) {
        for (Phrase phrase : phrases) {
            Matcher matcher = phrase.pattern().matcher(text);
            if (matcher.matches()) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < phrase.names().size(); i++) {
                    values.put(phrase.names().get(i), matcher.group(i + 1));
                }
                return Optional.of(new Said(phrase.key(), values));
            }
        }
        return Optional.empty();
    }
}
