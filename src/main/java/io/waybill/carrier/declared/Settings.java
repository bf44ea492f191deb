package io.waybill.carrier.declared;

import io.waybill.settings.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The settings of an account that its description names. */
final class Settings {
    /** What a described setting may be. */
    static final java.util.List<String> KINDS = java.util.List.of("required", "optional", "secret", "optional-secret");

    private Settings() {}

    /**
     * Every one that has a value, secrets too.
     *
     * @throws io.waybill.problem.ProblemException when one is missing, or a secret stands in the file
     */
    static Map<String, String> read(Map<String, String> kinds, Section account) {
        Map<String, String> values = new TreeMap<>();
        kinds.forEach((key, kind) -> {
            if (kind.equals("required") || kind.equals("secret")) {
                account.required(key);
            }
            (isSecret(kind) ? account.secret(key) : account.optional(key)).ifPresent(value -> values.put(key, value));
        });
        return values;
    }

    static boolean isSecret(String kind) {
        return kind.endsWith("secret");
    }

    /** Those that a request may tell. */
    static Map<String, String> plain(Map<String, String> kinds, Map<String, String> values) {
        Map<String, String> plain = new TreeMap<>(values);
        plain.keySet().removeIf(key -> isSecret(kinds.getOrDefault(key, "secret")));
        return plain;
    }

    /** By the words that stand for them in braces. */
    static Map<String, String> named(Map<String, String> values) {
        Map<String, String> named = new HashMap<>();
        values.forEach((key, value) -> named.put("account." + key, value));
        return named;
    }
}
