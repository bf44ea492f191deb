package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is written: {@code shipTo.name}, {@code parcels[0].weight}, or {@code items[]} for a list.
 *
 * @param steps names and indexes (an Integer)
 * @param elements the list elements it goes through, outermost first; an element itself tells none
 */
record TargetPath(String text, List<Object> steps, boolean list, String pointer, List<TargetPath> elements) {
    private static final Pattern STEP = Pattern.compile("([\\w@][\\w@-]*)(?:\\[(\\d{1,2})])?");

    static @Nullable TargetPath of(String text) {
        boolean list = text.endsWith("[]");
        List<Object> steps = new ArrayList<>();
        for (String part : (list ? text.substring(0, text.length() - 2) : text).split("\\.", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                return null;
            }
            steps.add(step.group(1));
            if (step.group(2) != null) {
                steps.add(Integer.valueOf(step.group(2)));
            }
        }
        return new TargetPath(text, List.copyOf(steps), list, pointer(steps), elements(text, steps));
    }

    private static String pointer(List<Object> steps) {
        StringBuilder pointer = new StringBuilder();
        steps.forEach(step -> pointer.append('/').append(step));
        return pointer.toString();
    }

    String lastName() {
        return String.valueOf(steps.stream().filter(String.class::isInstance).reduce("", (a, b) -> b));
    }

    private static List<TargetPath> elements(String text, List<Object> steps) {
        List<TargetPath> elements = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Integer) {
                List<Object> head = List.copyOf(steps.subList(0, i + 1));
                elements.add(new TargetPath(text, head, false, pointer(head), List.of()));
            }
        }
        return List.copyOf(elements);
    }

    /** Writes the value, making the objects and lists on the way. Gaps in a list are null until compacted. */
    void put(ObjectNode root, JsonNode value) {
        JsonNode at = root;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            boolean nextIsIndex = !last && steps.get(i + 1) instanceof Integer;
            at = step(at, steps.get(i), last ? value : null, nextIsIndex);
        }
    }

    private static JsonNode step(JsonNode at, Object step, @Nullable JsonNode value, boolean list) {
        if (step instanceof Integer index) {
            ArrayNode array = (ArrayNode) at;
            while (array.size() <= index) {
                array.addNull();
            }
            JsonNode next = value != null ? value : container(array.get(index), list);
            array.set(index, next);
            return next;
        }
        ObjectNode object = (ObjectNode) at;
        String name = (String) step;
        JsonNode next = value != null ? value : container(object.path(name), list);
        object.set(name, next);
        return next;
    }

    private static JsonNode container(JsonNode present, boolean list) {
        boolean fits = list ? present.isArray() : present.isObject();
        return fits ? present : list ? Values.NODES.arrayNode() : Values.NODES.objectNode();
    }

    /** What stands here, or a missing node. */
    JsonNode in(ObjectNode root) {
        return in(root, steps.size());
    }

    private JsonNode in(ObjectNode root, int depth) {
        JsonNode at = root;
        for (int i = 0; i < depth; i++) {
            at = steps.get(i) instanceof Integer index ? at.path(index) : at.path((String) steps.get(i));
        }
        return at;
    }

    /** Takes a list element out, leaving a gap. */
    void clear(ObjectNode root) {
        JsonNode at = in(root, steps.size() - 1);
        if (at instanceof ArrayNode array && array.size() > (Integer) steps.get(steps.size() - 1)) {
            array.set((Integer) steps.get(steps.size() - 1), Values.NODES.nullNode());
        }
    }

    /** Closes the gaps of this path's outermost list; an empty list goes. */
    void compact(ObjectNode root) {
        JsonNode at = root;
        ObjectNode parent = root;
        String name = "";
        for (Object step : steps.subList(0, steps.size() - 1)) {
            if (at instanceof ObjectNode object && step instanceof String key) {
                parent = object;
                name = key;
            }
            at = step instanceof Integer index ? at.path(index) : at.path((String) step);
        }
        if (at instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (array.get(i).isNull()) {
                    array.remove(i);
                }
            }
            if (array.isEmpty()) {
                parent.remove(name);
            }
        }
    }
}
