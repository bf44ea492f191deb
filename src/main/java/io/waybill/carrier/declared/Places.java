package io.waybill.carrier.declared;

import io.waybill.mapping.Faults;
import io.waybill.mapping.Nearest;
import io.waybill.mapping.Yaml;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What may stand in braces. */
final class Places {
    private static final String SETTING = "account.";

    private Places() {}

    /** A fault for each word in braces that is none of these, nor a setting of the account. */
    static void check(Faults faults, Yaml at, Template template, List<String> legal, Map<String, String> settings) {
        List<String> known = Stream.concat(
                        legal.stream(), settings.keySet().stream().map(SETTING::concat))
                .toList();
        for (String word : template.words()) {
            if (!known.contains(word)) {
                faults.add(
                        at.line(),
                        DeclaredCode.DECLARED_PLACE_UNKNOWN,
                        "place",
                        word,
                        "nearest",
                        Nearest.to(word, known));
            }
        }
        if (!template.isWhole()) {
            faults.bad(at, "{", "{word}");
        }
    }

    /** The same where no secret may be told. */
    static void checkOpen(Faults faults, Yaml at, Template template, List<String> legal, Map<String, String> settings) {
        check(faults, at, template, legal, settings);
        for (String word : template.words()) {
            String key = word.startsWith(SETTING) ? word.substring(SETTING.length()) : "";
            if (Settings.isSecret(settings.getOrDefault(key, ""))) {
                faults.add(at.line(), DeclaredCode.DECLARED_SECRET_SHOWN, "key", key);
            }
        }
    }
}
