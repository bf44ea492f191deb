package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** Reads a JSON Schema into rules, each definition once, so that a schema may refer to itself. */
final class RuleReader {
    private final JsonNode schema;
    private final boolean whole;
    private final Map<String, Rule> definitions = new HashMap<>();

    /** @param whole whether a text that lost a letter on its way is refused */
    RuleReader(JsonNode schema, boolean whole) {
        this.schema = schema;
        this.whole = whole;
    }

    boolean wantsWhole() {
        return whole;
    }

    Rule root() {
        return rule(schema);
    }

    Rule rule(JsonNode at) {
        String reference = at.path("$ref").asText("");
        if (!reference.isEmpty()) {
            return definition(reference);
        }
        Rule rule = new Rule();
        rule.read(at, this);
        return rule;
    }

    private Rule definition(String reference) {
        Rule known = definitions.get(reference);
        if (known != null) {
            return known;
        }
        JsonNode at =
                reference.startsWith("#") ? schema.at(reference.substring(1)) : schema.path("$ref of another file");
        if (at.isMissingNode()) {
            throw new IllegalArgumentException("the schema refers to " + reference + ", which it does not define");
        }
        Rule rule = new Rule();
        definitions.put(reference, rule);
        rule.read(at, this);
        return rule;
    }
}
