package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a document of several rows has but one of, its recipient for instance: lines outside of a list take it from the first row.
 * The other rows must say the same there, or nothing.
 */
final class OneOfRows {
    private record Taken(Field by, String column) {}

    /** A row that says something else, counted from 0, and the line that takes what the first row says. */
    record Differing(Field by, String column, int row) {}

    private final Taken[] taken;

    private OneOfRows(Stream<Taken> taken) {
        this.taken = taken.toArray(Taken[]::new);
    }

    static OneOfRows of(List<Line> lines, Reading reading) {
        if (reading.groupBy().isEmpty()) {
            return new OneOfRows(Stream.empty());
        }
        Set<String> keys = reading.groupBy().stream()
                .flatMap(names -> Stream.of(names.split(" \\| ")))
                .collect(Collectors.toSet());
        return new OneOfRows(lines.stream()
                .flatMap(line -> line instanceof Field field ? taken(field) : Stream.empty())
                .filter(one -> !keys.contains(one.column())));
    }

    private static Stream<Taken> taken(Field field) {
        return field.source().paths().stream()
                .flatMap(path -> path.names().stream())
                .map(column -> new Taken(field, column));
    }

    /** The first row that differs of each column. */
    List<Differing> in(Scope document) {
        if (taken.length == 0) {
            return List.of();
        }
        JsonNode rows = document.here().path("rows");
        if (rows.size() < 2) {
            return List.of();
        }
        List<Differing> found = new ArrayList<>(0);
        for (Taken one : taken) {
            Differing differing = differing(one, document, rows);
            if (differing != null
                    && found.stream().noneMatch(told -> told.column().equals(one.column()))) {
                found.add(differing);
            }
        }
        return found;
    }

    private static @Nullable Differing differing(Taken one, Scope document, JsonNode rows) {
        JsonNode first = document.here().path(one.column());
        for (int i = 1; i < rows.size(); i++) {
            if (says(rows.path(i).path(one.column()), first)) {
                When when = one.by().when();
                return when == null || when.holds(document) ? new Differing(one.by(), one.column(), i) : null;
            }
        }
        return null;
    }

    private static boolean says(JsonNode cell, JsonNode first) {
        return !cell.equals(first) && !Values.absent(cell) && !Values.text(cell).equals(Values.text(first));
    }
}
