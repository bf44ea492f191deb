package io.waybill.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.text.Shortened;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The source fields of some documents: how often each is filled, how it is written, and its values where they are few. */
final class Columns {
    private static final int MOST_COLUMNS = 500;
    private static final int MOST_VALUES = 50;
    private static final int MOST_SHAPES = 12;
    private static final int LONGEST_VALUE = 60;

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private long documents;

    /** @param values those of a column with few of them; one with more has none worth listing */
    record Column(Tally shapes, Tally values) {
        Column() {
            this(new Tally(MOST_SHAPES), new Tally(MOST_VALUES));
        }

        long filled() {
            return shapes.total();
        }

        /** Whether its values are words of a list rather than texts. */
        boolean isList() {
            return !values.overflowed() && values.words().size() * 2L <= values.total();
        }
    }

    /** One document's tree; of grouped rows each row counts. */
    void add(JsonNode tree) {
        documents++;
        JsonNode rows = tree.path("rows");
        if (rows.isArray() && !rows.isEmpty()) {
            rows.forEach(row -> walk(row, ""));
        } else {
            walk(tree, "");
        }
    }

    /** A column that is there, whether or not it is ever filled. */
    void header(Iterable<String> names) {
        names.forEach(this::column);
    }

    private void walk(JsonNode node, String path) {
        if (node.isArray()) {
            node.forEach(element -> walk(element, path));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            walk(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey()));
        } else if (!path.isEmpty()) {
            Column column = column(path);
            String value = node.isNull() ? "" : node.asText().strip();
            if (column != null && !value.isEmpty()) {
                column.shapes().add(Shape.of(value));
                column.values().add(Shortened.to(LONGEST_VALUE, value));
            }
        }
    }

    private @Nullable Column column(String name) {
        Column known = columns.get(name);
        if (known == null && columns.size() < MOST_COLUMNS) {
            known = new Column();
            columns.put(name, known);
        }
        return known;
    }

    boolean isEmpty() {
        return documents == 0 && columns.isEmpty();
    }

    Set<String> names() {
        return new LinkedHashSet<>(columns.keySet());
    }

    /** One that is there. */
    Column get(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    boolean has(String name) {
        return columns.containsKey(name);
    }

    boolean fills(String name) {
        Column column = columns.get(name);
        return column != null && column.filled() > 0;
    }
}
