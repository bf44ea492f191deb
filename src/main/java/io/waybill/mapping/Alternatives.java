package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The rules of {@code oneOf} and {@code anyOf}: one of them must hold. None hold always. */
record Alternatives(Rule... rules) {
    static final Alternatives NONE = new Alternatives();

    static Alternatives read(JsonNode schema, RuleReader reader) {
        List<Rule> rules = new ArrayList<>();
        for (String word : List.of("oneOf", "anyOf")) {
            schema.path(word).forEach(alternative -> rules.add(reader.rule(alternative)));
        }
        return rules.isEmpty() ? NONE : new Alternatives(rules.toArray(Rule[]::new));
    }

    boolean none() {
        return rules.length == 0;
    }

    boolean hold(JsonNode value) {
        for (Rule rule : rules) {
            if (rule.holds(value)) {
                return true;
            }
        }
        return none();
    }

    /** Reports the violations of the alternative that came nearest, unless one holds. */
    void check(JsonNode value, String pointer, Rule.Report report) {
        List<Runnable> fewest = List.of();
        for (Rule rule : rules) {
            List<Runnable> found = new ArrayList<>();
            rule.check(value, pointer, (at, code, values) -> found.add(() -> report.violation(at, code, values)));
            if (found.isEmpty()) {
                return;
            }
            fewest = fewest.isEmpty() || found.size() < fewest.size() ? found : fewest;
        }
        fewest.forEach(Runnable::run);
    }
}
