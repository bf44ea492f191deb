package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one country asks of an address, from libaddressinput's country data and what changed since its edition.
 *
 * @param require letters as in libaddressinput: {@code A} lines, {@code C} city, {@code S} state, {@code Z} postal code
 * @param postalCode the whole form of a postal code, or null when the country's form is not known
 * @param states empty when any state is taken as it is written
 * @param called the same by every word of theirs; of two with one word the first
 */
record AddressRules(
        String country,
        String require,
        @Nullable Pattern postalCode,
        String postalCodeExamples,
        String postalCodePrefix,
        List<State> states,
        Map<String, State> called) {
    static final String DATA = "libaddressinput.jsonl";
    private static final String CHANGES = "since-libaddressinput.jsonl";
    private static final String REQUIRED_BY_DEFAULT = "AC";
    private static final Map<String, AddressRules> ALL = load();

    static Optional<AddressRules> of(String country) {
        return Optional.ofNullable(ALL.get(country));
    }

    boolean requires(char part) {
        return require.indexOf(part) >= 0;
    }

    boolean takesPostalCode(String written) {
        if (postalCode == null) {
            return true;
        }
        String code = written.strip();
        return postalCode.matcher(code).matches()
                || (!postalCodePrefix.isEmpty()
                        && code.regionMatches(true, 0, postalCodePrefix, 0, postalCodePrefix.length())
                        && postalCode
                                .matcher(code.substring(postalCodePrefix.length()))
                                .matches());
    }

    /** The state by key, name or ISO 3166-2 id, in any case, with or without accents: TX, Texas, US-TX. */
    Optional<State> state(String written) {
        String word = State.plain(written);
        State named = called.get(word);
        String iso = country.toLowerCase(Locale.ROOT);
        return named == null && word.startsWith(iso)
                ? Optional.ofNullable(called.get(word.substring(iso.length())))
                : Optional.ofNullable(named);
    }

    /** Whether an unknown state is surely wrong: only where states are listed in Latin letters. */
    boolean knowsAllStates() {
        return states.stream().anyMatch(State::latin);
    }

    /** Whether the code surely lies in another state: not in this one by its prefix, but in one of the others. */
    boolean contradicts(State state, String written) {
        String code = written.strip();
        return state.begins() != null && !state.holds(code) && states.stream().anyMatch(other -> other.holds(code));
    }

    private static Map<String, AddressRules> load() {
        Map<String, JsonNode> changes = new HashMap<>();
        lines(CHANGES).forEach(change -> changes.put(change.path("key").asText(), change));
        Map<String, AddressRules> all = new HashMap<>();
        for (JsonNode row : lines(DATA)) {
            String country = row.path("key").asText();
            all.put(
                    country,
                    rules(
                            country,
                            row,
                            changes.getOrDefault(country, Json.mapper().createObjectNode())));
        }
        all.remove("ZZ");
        return Map.copyOf(all);
    }

    private static AddressRules rules(String country, JsonNode row, JsonNode change) {
        String require = text(row, change, "require", REQUIRED_BY_DEFAULT);
        String form = row.path("fmt").asText("%C");
        String zip = text(row, change, "zip", "");
        List<State> states = State.all(row, change);
        return new AddressRules(
                country,
                form.contains("%C") ? require : require.replace("C", ""),
                zip.isEmpty() ? null : Pattern.compile(zip, Pattern.CASE_INSENSITIVE),
                String.join(
                        ", ",
                        List.of(text(row, change, "zipex", "").split(",", 3)).stream()
                                .limit(2)
                                .toList()),
                row.path("postprefix").asText(),
                states,
                called(states));
    }

    private static Map<String, State> called(List<State> states) {
        Map<String, State> called = new HashMap<>();
        states.forEach(state -> state.words().forEach(word -> called.putIfAbsent(word, state)));
        return Map.copyOf(called);
    }

    private static String text(JsonNode row, JsonNode change, String field, String fallback) {
        return change.path(field).asText(row.path(field).asText(fallback));
    }

    static List<JsonNode> lines(String resource) {
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AddressRules.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(Json.mapper().readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return rows;
    }
}
