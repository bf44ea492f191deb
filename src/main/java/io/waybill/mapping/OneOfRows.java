package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Reading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a document of several rows has but one of, its recipient for instance: lines outside of a list take it from the first row.
 * The other rows must say the same there, or nothing.
 */
final class OneOfRows {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}([.,]\\d{1,15})?");

    /** @param before the columns of which the line takes one first */
    private record Taken(Field by, String column, List<String> before) {}

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
        List<String> columns = field.source().paths().stream()
                .flatMap(path -> path.names().stream())
                .toList();
        boolean first = field.source() instanceof Source.First;
        return IntStream.range(0, columns.size())
                .mapToObj(i -> new Taken(field, columns.get(i), first ? columns.subList(0, i) : List.of()));
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
        if (one.before().stream()
                .anyMatch(column -> !Values.absent(document.here().path(column)))) {
            return null;
        }
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
        if (cell.equals(first) || Values.absent(cell)) {
            return false;
        }
        String one = Values.text(cell);
        String other = Values.text(first);
        return !one.equalsIgnoreCase(other) && !isTheSameNumber(one, other);
    }

    /** {@code 1.20} and {@code 1.2}. */
    private static boolean isTheSameNumber(String one, String other) {
        return NUMBER.matcher(one).matches()
                && NUMBER.matcher(other).matches()
                && new BigDecimal(one.replace(',', '.')).compareTo(new BigDecimal(other.replace(',', '.'))) == 0;
    }
}
