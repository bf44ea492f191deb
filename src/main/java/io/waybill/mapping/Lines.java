package io.waybill.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes lines into one object. */
final class Lines {
    private Lines() {}

    /**
     * A numbered element that got nothing but constants, though other lines were to fill it, is left out:
     * {@code identifiers[1].system} alone says nothing.
     */
    static ObjectNode write(List<Line> lines, Scope scope, String pointer, Run run) {
        ObjectNode into = Values.NODES.objectNode();
        Set<String> filled = new HashSet<>();
        Set<String> wanted = new HashSet<>();
        for (Line line : lines) {
            line.write(scope, into, pointer, run);
            if (line.constant()) {
                continue;
            }
            for (TargetPath element : line.target().elements()) {
                wanted.add(element.pointer());
                if (!line.target().in(into).isMissingNode()) {
                    filled.add(element.pointer());
                }
            }
        }
        if (!wanted.isEmpty()) {
            prune(lines, into, wanted, filled);
        }
        return into;
    }

    private static void prune(List<Line> lines, ObjectNode into, Set<String> wanted, Set<String> filled) {
        List<TargetPath> elements = lines.stream()
                .flatMap(line -> line.target().elements().stream())
                .toList();
        elements.stream()
                .filter(element -> wanted.contains(element.pointer()) && !filled.contains(element.pointer()))
                .forEach(element -> element.clear(into));
        elements.forEach(element -> element.compact(into));
    }
}
