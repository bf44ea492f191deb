package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A state, province or prefecture.
 *
 * @param key as it is written on a label: {@code TX}
 * @param words everything it may be called, plain
 * @param begins how its postal codes begin, or null when that is not known
 */
record State(String key, Set<String> words, @Nullable Pattern begins, String postalCodeExamples) {
    private static final Pattern NO_PART_OF_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]");

    boolean latin() {
        return key.codePoints()
                .filter(Character::isLetter)
                .allMatch(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN);
    }

    boolean holds(String postalCode) {
        return begins != null && begins.matcher(postalCode).lookingAt();
    }

    /** Lower case, without accents, blanks and punctuation; {@code &} is read as "and". */
    static String plain(String word) {
        String whole = Normalizer.normalize(word.replace("&", "and"), Normalizer.Form.NFKD);
        return NO_PART_OF_A_WORD.matcher(whole).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** The states of a row of libaddressinput, whose lists run in parallel, with later changes. */
    static List<State> all(JsonNode row, JsonNode change) {
        List<State> states = new ArrayList<>();
        String[] keys = list(row, "sub_keys");
        boolean postalCodesHold = !change.path("without").toString().contains("sub_zips");
        for (int i = 0; i < keys.length; i++) {
            Set<String> words = new HashSet<>();
            words.add(plain(keys[i]));
            for (String names : List.of("sub_names", "sub_lnames", "sub_isoids")) {
                words.add(plain(at(list(row, names), i)));
            }
            change.path("also").path(keys[i]).forEach(name -> words.add(plain(name.asText())));
            change.path("states").path(keys[i]).forEach(name -> words.add(plain(name.asText())));
            words.remove("");
            String begins = postalCodesHold ? at(list(row, "sub_zips"), i) : "";
            states.add(new State(
                    keys[i],
                    Set.copyOf(words),
                    begins.isEmpty() ? null : Pattern.compile(begins, Pattern.CASE_INSENSITIVE),
                    at(list(row, "sub_zipexs"), i).split(":", 2)[0].replace(",", ", ")));
        }
        List<String> known = List.of(keys);
        for (var added : change.path("states").properties()) {
            if (!known.contains(added.getKey())) {
                Set<String> words = new HashSet<>();
                words.add(plain(added.getKey()));
                added.getValue().forEach(name -> words.add(plain(name.asText())));
                states.add(new State(added.getKey(), Set.copyOf(words), null, ""));
            }
        }
        return List.copyOf(states);
    }

    private static String[] list(JsonNode row, String field) {
        return row.has(field) ? row.path(field).asText().split("~", -1) : new String[0];
    }

    private static String at(String[] list, int i) {
        return i < list.length ? list[i] : "";
    }
}
