package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a value is written: {@code shipTo.name}, {@code parcels[0].weight}, or {@code items[]} for a list. */
final class TargetPath {
    private static final Pattern STEP = Pattern.compile("([\\w@][\\w@-]*)(?:\\[(\\d{1,2})])?");

    private final String text;
    private final List<Object> steps;
    private final Object[] way;
    private final boolean list;
    private final String pointer;
    private final List<TargetPath> elements;

    private TargetPath(String text, List<Object> steps, boolean list, List<TargetPath> elements) {
        this.text = text;
        this.steps = steps;
        this.way = steps.toArray();
        this.list = list;
        this.pointer = pointer(steps);
        this.elements = elements;
    }

    static @Nullable TargetPath of(String text) {
        boolean list = text.endsWith("[]");
        List<Object> steps = new ArrayList<>();
        for (String part : (list ? text.substring(0, text.length() - 2) : text).split("\\.", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                return null;
            }
            steps.add(step.group(1).intern());
            if (step.group(2) != null) {
                steps.add(Integer.valueOf(step.group(2)));
            }
        }
        return new TargetPath(text, List.copyOf(steps), list, elements(text, steps));
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
                elements.add(new TargetPath(text, head, false, List.of()));
            }
        }
        return List.copyOf(elements);
    }

    /** The object or list the value goes into, made with all above it. Gaps in a list are null until compacted. */
    JsonNode container(ObjectNode root) {
        JsonNode at = root;
        for (int i = 0; i < way.length - 1; i++) {
            at = below(at, way[i], way[i + 1] instanceof Integer);
        }
        return at;
    }

    /** Writes the value into what {@link #container} made. */
    void set(JsonNode container, JsonNode value) {
        set(container, way[way.length - 1], value);
    }

    private static JsonNode below(JsonNode at, Object step, boolean list) {
        JsonNode present = step instanceof Integer index ? at.get(index) : at.get((String) step);
        if (present != null && (list ? present.isArray() : present.isObject())) {
            return present;
        }
        JsonNode made = list ? Values.NODES.arrayNode() : Values.NODES.objectNode();
        set(at, step, made);
        return made;
    }

    private static void set(JsonNode at, Object step, JsonNode value) {
        if (step instanceof Integer index) {
            ArrayNode array = (ArrayNode) at;
            while (array.size() <= index) {
                array.addNull();
            }
            array.set(index, value);
        } else {
            ((ObjectNode) at).set((String) step, value);
        }
    }

    String text() {
        return text;
    }

    /** Names and indexes (an Integer). */
    List<Object> steps() {
        return steps;
    }

    /** Of a list element: whether it is the first of its list. */
    boolean isFirst() {
        return way[way.length - 1].equals(0);
    }

    /** Of a list element: the pointer of the one before it. */
    String before() {
        return pointer(parent()) + "/" + ((Integer) way[way.length - 1] - 1);
    }

    /** The steps to what the value goes into. */
    List<Object> parent() {
        return steps.subList(0, steps.size() - 1);
    }

    boolean list() {
        return list;
    }

    String pointer() {
        return pointer;
    }

    /** The list elements it goes through, outermost first; an element itself tells none. */
    List<TargetPath> elements() {
        return elements;
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
