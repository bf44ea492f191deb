package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One document of a file, for instance one order.
 *
 * @param ordinal its place in the file, from 1
 * @param firstRow spreadsheet row of its first line, or the element of a JSON array or line of an NDJSON file, from 1
 * @param tree of a grouped document: the columns of its first row, and {@code rows}, an array of all its rows
 * @param rows the original cells; empty where the format has none
 * @param problems what was wrong in reading it; a document with problems is not to be mapped
 * @param notes what was wrong around it and hinders nothing, such as a count
 */
public record Document(
        int ordinal,
        long firstRow,
        long lastRow,
        JsonNode tree,
        List<Row> rows,
        List<Problem> problems,
        List<Problem> notes) {
    private static final Set<String> IN_PLACE = Stream.of(
                    FormatCode.CELL_ERROR,
                    FormatCode.CELL_NOT_CALCULATED,
                    FormatCode.CELL_BEYOND_HEADER,
                    FormatCode.SCATTERED_GROUP)
            .map(FormatCode::code)
            .collect(Collectors.toSet());

    private static final Set<String> WITHOUT_VALUE =
            Set.of(FormatCode.CELL_ERROR.code(), FormatCode.CELL_NOT_CALCULATED.code());

    public Document {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    public Document(int ordinal, long firstRow, long lastRow, JsonNode tree, List<Row> rows, List<Problem> problems) {
        this(ordinal, firstRow, lastRow, tree, rows, problems, List.of());
    }

    /** The same with these notes beside those it has. */
    Document noting(List<Problem> more) {
        List<Problem> all = Stream.concat(notes.stream(), more.stream()).toList();
        return new Document(ordinal, firstRow, lastRow, tree, rows, problems, all);
    }

    Document withoutNotes() {
        return new Document(ordinal, firstRow, lastRow, tree, rows, problems, List.of());
    }

    /** The same with another tree. */
    public Document withTree(JsonNode other) {
        return new Document(ordinal, firstRow, lastRow, other, rows, problems, notes);
    }

    /**
     * The same as if nothing were wrong with it, to look for what can be read in spite of that: where each value that is there stands in
     * its place, because all that is wrong is a cell without a value, or where its rows stand.
     */
    public Optional<Document> despiteProblems() {
        return problems.stream().allMatch(problem -> IN_PLACE.contains(problem.code()))
                ? Optional.of(new Document(ordinal, firstRow, lastRow, tree, rows, List.of(), notes))
                : Optional.empty();
    }

    /** Where a cell is bad, the columns without a value: it is in one of these. */
    public List<String> perhapsBad() {
        return problems.stream().noneMatch(problem -> WITHOUT_VALUE.contains(problem.code()))
                ? List.of()
                : tree.properties().stream()
                        .filter(field -> field.getValue().isValueNode()
                                && field.getValue().asText("").isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /** A tree that arrived alone, not in a file. */
    public static Document of(JsonNode tree) {
        return new Document(1, 1, 1, tree, List.of(), List.of());
    }
}
