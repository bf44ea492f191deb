package io.waybill.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** CSV and TSV: one document per row, or per run of rows with the same values in the group columns. */
final class CsvDocuments implements DocumentReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final Reading reading;
    private final CsvRows rows;
    private final Header header;
    private final List<Integer> keyColumns;
    private final SeenKeys seen = new SeenKeys();
    private @Nullable Row ahead;
    private String keyAhead = "";
    private int ordinal;

    CsvDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.reading = reading;
        this.rows = new CsvRows(in, file, reading);
        Row first = rows.next();
        if (first == null) {
            throw new ProblemException(Problem.of(FormatCode.EMPTY_FILE, "file", file));
        }
        Problem damaged = rows.damage(first);
        if (damaged != null) {
            throw new ProblemException(damaged);
        }
        this.header = Header.of(file, first.cells(), !reading.groupBy().isEmpty());
        this.keyColumns = reading.groupBy().stream().map(this::keyColumn).toList();
        advance();
    }

    private @Nullable Row advance() {
        ahead = rows.next();
        keyAhead = ahead == null ? "" : key(ahead);
        return ahead;
    }

    @Override
    public List<String> columns() {
        return header.names();
    }

    @Override
    public @Nullable Document next() {
        Row first = ahead;
        if (first == null) {
            return null;
        }
        ordinal++;
        return keyColumns.isEmpty() ? single(first) : group(first);
    }

    private Document single(Row raw) {
        List<Problem> problems = new ArrayList<>();
        Row row = clean(raw, problems);
        advance();
        return new Document(ordinal, row.number(), row.number(), tree(row), List.of(row), problems);
    }

    private Document group(Row first) {
        List<Problem> problems = new ArrayList<>();
        List<Row> members = new ArrayList<>();
        String key = keyAhead;
        for (Row raw = first; raw != null && keyAhead.equals(key); raw = advance()) {
            if (members.size() >= reading.limits().groupRows()) {
                throw new ProblemException(Problem.of(
                        FormatCode.GROUP_TOO_LARGE,
                        "file",
                        file,
                        "row",
                        raw.number(),
                        "limit",
                        reading.limits().groupRows()));
            }
            members.add(clean(raw, problems));
        }
        checkKey(key, first.number(), problems);
        long last = members.get(members.size() - 1).number();
        return new Document(ordinal, first.number(), last, grouped(members), members, problems);
    }

    private void checkKey(String key, long row, List<Problem> problems) {
        String columns = String.join(", ", reading.groupBy());
        if (key.isBlank()) {
            problems.add(Problem.of(FormatCode.EMPTY_GROUP_KEY, "file", file, "row", row, "column", columns));
            return;
        }
        long earlier = seen.remember(key, row);
        if (earlier > 0) {
            problems.add(Problem.of(
                    FormatCode.SCATTERED_GROUP, "file", file, "row", row, "earlier", earlier, "column", columns));
        }
    }

    private Row clean(Row raw, List<Problem> problems) {
        Problem damaged = rows.damage(raw);
        if (damaged != null) {
            problems.add(damaged);
        }
        List<String> cells = header.withoutReason(raw.cells());
        int width = header.names().size();
        if (cells.size() > width && !CsvRows.blank(cells.subList(width, cells.size()))) {
            problems.add(Problem.of(
                    FormatCode.TOO_MANY_CELLS,
                    "file",
                    file,
                    "row",
                    raw.number(),
                    "cells",
                    cells.size(),
                    "columns",
                    width));
        }
        return new Row(raw.number(), cells, header.reasonOf(raw.cells()));
    }

    private ObjectNode grouped(List<Row> members) {
        ObjectNode tree = tree(members.get(0));
        ArrayNode all = tree.putArray("rows");
        members.forEach(row -> all.add(tree(row)));
        return tree;
    }

    private ObjectNode tree(Row row) {
        ObjectNode tree = NODES.objectNode();
        List<String> names = header.names();
        for (int i = 0; i < names.size(); i++) {
            tree.put(names.get(i), i < row.cells().size() ? row.cells().get(i) : "");
        }
        return tree;
    }

    private String key(Row row) {
        List<String> cells = header.withoutReason(row.cells());
        StringJoiner key = new StringJoiner("\u001F");
        for (int column : keyColumns) {
            key.add(cell(cells, column));
        }
        return key.toString();
    }

    private static String cell(List<String> cells, int column) {
        return column < cells.size() ? cells.get(column).strip() : "";
    }

    private int keyColumn(String name) {
        int column = header.names().indexOf(name);
        if (column < 0) {
            throw new ProblemException(Problem.of(
                    FormatCode.UNKNOWN_GROUP_COLUMN,
                    "file",
                    file,
                    "column",
                    name,
                    "known",
                    String.join(", ", header.names())));
        }
        return column;
    }

    @Override
    public void close() {
        rows.close();
    }
}
