package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What calls an order off, holds it or passes a document over. Of a document of several rows the first row decides; each of the others must decide
 * the same, or say nothing.
 */
final class Skips {
    private final Skip[] all;
    private final String[] columns;
    private final Set<String> personal = new HashSet<>();

    private Skips(List<Skip> all, Stream<String> columns, List<Line> lines) {
        this.all = all.toArray(Skip[]::new);
        this.columns = columns.distinct().toArray(String[]::new);
        lines.forEach(line -> line.tellPersonal("", personal));
    }

    static Skips of(List<Skip> all, List<Line> lines, Reading reading) {
        Stream<String> asked = all.stream().flatMap(skip -> skip.when().columns());
        return new Skips(all, reading.groupBy().isEmpty() ? Stream.empty() : asked, lines);
    }

    /** The first that holds; null for a document that is ours. */
    @Nullable
    Skip of(Scope document) {
        int first = first(document);
        return first < all.length ? all[first] : null;
    }

    private int first(Scope document) {
        int i = 0;
        while (i < all.length && !all[i].when().holds(document)) {
            i++;
        }
        return i;
    }

    /** The first row that decides something else. */
    OneOfRows.@Nullable Differing differing(Scope document) {
        if (columns.length == 0) {
            return null;
        }
        JsonNode rows = document.here().path("rows");
        for (int i = 1; i < rows.size(); i++) {
            if (says(rows.path(i), document)) {
                Scope row = OneOfRows.asFirst(document, rows.path(i));
                int one = first(document);
                int other = first(row);
                if (!isSame(one, other)) {
                    return differing(all[Math.min(one, other)], document, row, i);
                }
            }
        }
        return null;
    }

    /** Whether both answers come to the same for the order, by whichever lines. */
    private boolean isSame(int one, int other) {
        if (one == other || one == all.length || other == all.length) {
            return one == other;
        }
        return all[one].stops() == all[other].stops();
    }

    private boolean says(JsonNode row, Scope document) {
        for (String column : columns) {
            JsonNode cell = row.path(column);
            if (!cell.equals(document.here().path(column)) && !Values.absent(cell)) {
                return true;
            }
        }
        return false;
    }

    /** By what the two differ that the earlier of their answers hangs on. */
    private OneOfRows.Differing differing(Skip skip, Scope document, Scope row, int number) {
        String column = skip.when()
                .columns()
                .filter(asked -> !row.here().path(asked).equals(document.here().path(asked)))
                .findFirst()
                .orElse("");
        boolean hidden = personal.contains(column) || Masked.personal(column);
        return new OneOfRows.Differing(skip.line(), "", column, hidden, number);
    }
}
