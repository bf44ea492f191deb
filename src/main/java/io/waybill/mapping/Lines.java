package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines that write into one object. A numbered element that got nothing but constants, though other lines were to fill it,
 * is left out: {@code identifiers[1].system} alone says nothing.
 */
final class Lines {
    private final List<Line> lines;
    private final Line[] inOrder;
    private final TargetPath[] elements;
    private final int[][] elementsOfLine;
    private final boolean[] wanted;
    private final boolean gapless;
    private final int[] parentOfLine;
    private final int parents;
    private final @Nullable Frame frame;

    /** @param rule of the object they write */
    Lines(List<Line> lines, Rule rule) {
        this.frame =
                Frame.of(rule, lines.stream().map(line -> line.target().steps()).toList());
        this.lines = List.copyOf(lines);
        this.inOrder = lines.toArray(Line[]::new);
        Map<String, Integer> places = new LinkedHashMap<>();
        Map<String, TargetPath> paths = new LinkedHashMap<>();
        lines.forEach(line -> line.target().elements().forEach(element -> {
            places.putIfAbsent(element.pointer(), places.size());
            paths.putIfAbsent(element.pointer(), element);
        }));
        this.elements = paths.values().toArray(TargetPath[]::new);
        this.wanted = new boolean[elements.length];
        this.elementsOfLine = lines.stream()
                .map(line -> line.target().elements().stream()
                        .mapToInt(element -> places.getOrDefault(element.pointer(), 0))
                        .toArray())
                .toArray(int[][]::new);
        for (int i = 0; i < inOrder.length; i++) {
            mark(wanted, i);
        }
        this.gapless =
                paths.values().stream().allMatch(element -> element.isFirst() || places.containsKey(element.before()));
        List<List<Object>> ways =
                lines.stream().map(line -> line.target().parent()).distinct().toList();
        this.parentOfLine = lines.stream()
                .mapToInt(line -> ways.indexOf(line.target().parent()))
                .toArray();
        this.parents = ways.size();
    }

    /** Every line, in file order. */
    List<Line> all() {
        return lines;
    }

    ObjectNode write(Scope scope, Run run) {
        ObjectNode into = Values.NODES.objectNode();
        Spot spot = new Spot(run, scope);
        boolean[] filled = elements.length == 0 ? wanted : new boolean[elements.length];
        JsonNode[] made = new JsonNode[parents];
        for (int i = 0; i < inOrder.length; i++) {
            JsonNode value = inOrder[i].value(spot);
            if (value != null) {
                put(value, i, into, made);
                if (elements.length > 0) {
                    mark(filled, i);
                }
            } else if (run.gaveUp()) {
                return into;
            }
        }
        if (elements.length > 0 && !(gapless && allFilled(filled))) {
            prune(into, filled);
        }
        if (frame != null && run.isQuick() && !into.isEmpty() && !frame.holds(into)) {
            run.giveUp();
        }
        return into;
    }

    private void put(JsonNode value, int line, ObjectNode into, JsonNode[] made) {
        TargetPath target = inOrder[line].target();
        int parent = parentOfLine[line];
        JsonNode container = made[parent];
        if (container == null) {
            container = target.container(into);
            made[parent] = container;
        }
        target.set(container, value);
    }

    /** The elements of a line that is no constant. */
    private void mark(boolean[] marks, int line) {
        int[] own = elementsOfLine[line];
        if (own.length > 0 && !inOrder[line].constant()) {
            for (int element : own) {
                marks[element] = true;
            }
        }
    }

    private static boolean allFilled(boolean[] filled) {
        for (boolean one : filled) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private void prune(ObjectNode into, boolean[] filled) {
        for (int i = 0; i < elements.length; i++) {
            if (wanted[i] && !filled[i]) {
                elements[i].clear(into);
            }
        }
        for (TargetPath element : elements) {
            element.compact(into);
        }
    }
}
