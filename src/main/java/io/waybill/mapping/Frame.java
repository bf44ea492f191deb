package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The objects and numbered lists that lines write through, with what the target asks of each as a whole: required parts,
 * sizes, alternatives. The values themselves are checked as they are written.
 */
final class Frame {
    private final Rule rule;
    private final String[] names;
    private final Frame[] below;

    private Frame(Rule rule, Map<String, Frame> below) {
        this.rule = rule;
        this.names = below.keySet().toArray(String[]::new);
        this.below = below.values().toArray(Frame[]::new);
    }

    /** @param ways the steps to each value below this rule's; the elements of a numbered list share one frame, named {@code []} */
    static Frame of(Rule rule, List<List<Object>> ways) {
        Map<String, List<List<Object>>> inner = new LinkedHashMap<>();
        for (List<Object> way : ways) {
            if (way.size() > 1) {
                String name = way.get(0) instanceof String text ? text : "[]";
                inner.computeIfAbsent(name, first -> new ArrayList<>()).add(way.subList(1, way.size()));
            }
        }
        Map<String, Frame> below = new LinkedHashMap<>();
        inner.forEach((name, rest) -> {
            Frame frame = of(Objects.requireNonNull(name.equals("[]") ? rule.element() : rule.child(name)), rest);
            if (frame.asks()) {
                below.put(name, frame);
            }
        });
        return new Frame(rule, below);
    }

    /** Whether it asks anything at all. */
    boolean asks() {
        return rule.asksOfWhole() || below.length > 0;
    }

    boolean holds(JsonNode value) {
        if (!rule.wholeHolds(value)) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!(value.isArray() ? elementsHold(value, below[i]) : partHolds(value.get(names[i]), below[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean partHolds(@Nullable JsonNode part, Frame frame) {
        return part == null || frame.holds(part);
    }

    private static boolean elementsHold(JsonNode list, Frame frame) {
        for (int i = 0; i < list.size(); i++) {
            if (!frame.holds(list.get(i))) {
                return false;
            }
        }
        return true;
    }
}
