package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Reading;
import io.waybill.text.Meant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a document of several rows has but one of, its recipient for instance: lines outside of a list take it from the first row,
 * and so does what reads {@code $.column} within one.
 * The other rows must say the same there, or nothing.
 */
final class OneOfRows {
    private final Taken[] taken;
    private final Set<String> personal = new HashSet<>();

    /**
     * A row, counted from 0, that says something else than the first.
     *
     * @param line of the mapping, which takes what the first row says
     * @param pointer of what it writes; empty where the document as a whole hangs on it
     */
    record Differing(int line, String pointer, String column, boolean personal, int row) {}

    private OneOfRows(List<Line> lines, Stream<Taken> taken) {
        this.taken = taken.toArray(Taken[]::new);
        lines.forEach(line -> line.tellPersonal("", personal));
    }

    static OneOfRows of(List<Line> lines, Reading reading) {
        if (reading.groupBy().isEmpty()) {
            return new OneOfRows(List.of(), Stream.empty());
        }
        Set<String> keys = reading.groupBy().stream()
                .flatMap(names -> Stream.of(names.split(" \\| ")).map(Meant::line))
                .collect(Collectors.toSet());
        return new OneOfRows(lines, lines.stream().flatMap(Taken::by).filter(one -> !keys.contains(one.column())));
    }

    /** The document as it would be if this row came first: where the row says nothing, what the first one says holds. */
    static Scope asFirst(Scope document, JsonNode row) {
        ObjectNode tree = Values.NODES.objectNode();
        tree.setAll((ObjectNode) document.here());
        for (Map.Entry<String, JsonNode> cell : row.properties()) {
            if (!Values.absent(cell.getValue())) {
                tree.set(cell.getKey(), cell.getValue());
            }
        }
        return Scope.of(tree, document.row());
    }

    /**
     * The first row that differs of each column.
     *
     * @param run a quick one: what a line would write is tried in it
     */
    List<Differing> in(Scope document, Run run) {
        if (taken.length == 0) {
            return List.of();
        }
        JsonNode rows = document.here().path("rows");
        if (rows.size() < 2) {
            return List.of();
        }
        List<Differing> found = new ArrayList<>(0);
        for (Taken one : taken) {
            Differing differing = differing(one, document, rows, run);
            if (differing != null
                    && found.stream().noneMatch(told -> told.column().equals(one.column()))) {
                found.add(differing);
            }
        }
        return found;
    }

    private @Nullable Differing differing(Taken one, Scope document, JsonNode rows, Run run) {
        if (one.before().stream()
                .anyMatch(column -> !Values.absent(document.here().path(column)))) {
            return null;
        }
        for (int i = 1; i < rows.size(); i++) {
            if (one.differs(document, rows.path(i), run)) {
                return new Differing(one.by().line(), one.pointer(), one.column(), isPersonal(one), i);
            }
        }
        return null;
    }

    private boolean isPersonal(Taken one) {
        return (one.use() == Taken.Use.VALUE && one.by().personal())
                || personal.contains(one.column())
                || Masked.personal(one.column());
    }
}
