package io.waybill.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Meant;
import io.waybill.text.Shortened;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table under a header: one document per row, or per run of rows with the same values in the group columns. */
final class TableDocuments implements DocumentReader {
    /** Between two names of one column: {@code Order number | 订单号}. */
    private static final String OR = " \\| ";

    private static final int LONGEST_HEADER = 400;

    private final String file;
    private final Reading reading;
    private final Rows rows;
    private final Deque<RawRow> early;
    private final Header header;
    private final ShortRows shortRows;
    private final Shape shape;
    private final List<Integer> keyColumns;
    private final List<Integer> filledColumns;
    private final String[] above;
    private final SeenKeys seen = new SeenKeys();
    private final SeenKeys scattered;
    private @Nullable RawRow ahead;
    private String keyAhead = "";
    private int ordinal;

    private TableDocuments(Rows rows, String file, Reading reading, SeenKeys scattered) {
        this.scattered = scattered;
        this.file = file;
        this.reading = reading;
        this.rows = rows;
        HeaderRow found = HeaderRow.find(rows, file, reading.table());
        if (!found.row().problems().isEmpty()) {
            throw new ProblemException(found.row().problems());
        }
        this.early = found.after();
        this.header = Header.of(file, found.row().cells(), !reading.groupBy().isEmpty());
        this.shortRows = new ShortRows(file, header.names());
        this.shape = shape();
        this.keyColumns = places(reading.groupBy(), FormatCode.UNKNOWN_GROUP_COLUMN);
        this.filledColumns = places(reading.table().fillDown(), FormatCode.UNKNOWN_FILL_COLUMN);
        this.above = new String[filledColumns.size()];
        advance();
    }

    /**
     * Opens a table, and closes the rows where it cannot.
     *
     * @param scattered what is known of the whole file: {@link #findScattered()}
     */
    static TableDocuments over(Rows rows, String file, Reading reading, SeenKeys scattered) {
        try {
            return new TableDocuments(rows, file, reading, scattered);
        } catch (ProblemException e) {
            List<Problem> notes = rows.notes();
            rows.close();
            throw notes.isEmpty() ? e : new ProblemException(withNotes(e.problems(), notes));
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    /** Where the table cannot be read, what is told of the whole of it may say why. */
    private static List<Problem> withNotes(List<Problem> problems, List<Problem> notes) {
        return Stream.concat(problems.stream(), notes.stream()).toList();
    }

    private @Nullable RawRow advance() {
        ahead = fetch();
        keyAhead = ahead == null || keyColumns.isEmpty() ? "" : key(ahead);
        return ahead;
    }

    private @Nullable RawRow fetch() {
        RawRow raw = early.isEmpty() ? whole(rows.next()) : early.remove();
        return raw == null || filledColumns.isEmpty() ? raw : filled(raw);
    }

    private @Nullable RawRow whole(@Nullable RawRow raw) {
        return raw == null
                ? null
                : shortRows.whole(raw, header.withoutReason(raw.cells()).size(), rows.endsInRow());
    }

    /** What stands above goes on where a cell is blank. */
    private RawRow filled(RawRow raw) {
        List<String> cells = new ArrayList<>(raw.cells());
        for (int i = 0; i < above.length; i++) {
            int column = filledColumns.get(i);
            if (!cell(cells, column).isEmpty()) {
                above[i] = cells.get(column);
            } else if (above[i] != null) {
                while (cells.size() <= column) {
                    cells.add("");
                }
                cells.set(column, above[i]);
            }
        }
        return raw.with(cells);
    }

    @Override
    public List<String> columns() {
        return header.names();
    }

    @Override
    public List<Problem> notes() {
        return rows.notes();
    }

    @Override
    public @Nullable Document next() {
        RawRow first = ahead;
        if (first == null) {
            return null;
        }
        ordinal++;
        return keyColumns.isEmpty() ? single(first) : group(first);
    }

    /**
     * Reads on to the end, or as far as it can be read, and answers which groups stand in several places, each with where its
     * second one begins.
     */
    SeenKeys findScattered() {
        SeenKeys several = new SeenKeys();
        try {
            gather(several);
        } catch (ProblemException toldToWhoTakesTheDocuments) {
            return several;
        }
        return several;
    }

    private void gather(SeenKeys several) {
        for (RawRow first = ahead; first != null; first = ahead) {
            String key = keyAhead;
            if (!key.isBlank() && seen.remember(key, first.number()) > 0) {
                several.remember(key, first.number());
            }
            RawRow raw = first;
            while (raw != null && keyAhead.equals(key)) {
                raw = advance();
            }
        }
    }

    private Document single(RawRow raw) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> notes = ofWhole();
        Row row = clean(raw, problems, notes);
        advance();
        return new Document(ordinal, row.number(), row.number(), tree(row), List.of(row), problems, notes);
    }

    private Document group(RawRow first) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> notes = ofWhole();
        List<Row> members = new ArrayList<>();
        String key = keyAhead;
        for (RawRow raw = first; raw != null && keyAhead.equals(key); raw = advance()) {
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
            members.add(clean(raw, problems, notes));
        }
        checkKey(key, first.number(), problems);
        long last = members.get(members.size() - 1).number();
        return new Document(ordinal, first.number(), last, grouped(members), members, problems, notes);
    }

    /** What is told of the whole table is told with its first document. */
    private List<Problem> ofWhole() {
        return new ArrayList<>(ordinal == 1 ? rows.notes() : List.of());
    }

    private void checkKey(String key, long row, List<Problem> problems) {
        String columns = String.join(", ", reading.groupBy());
        if (key.isBlank()) {
            problems.add(Problem.of(FormatCode.EMPTY_GROUP_KEY, "file", file, "row", row, "column", columns));
            return;
        }
        long earlier = seen.remember(key, row);
        long other = earlier > 0 ? earlier : scattered.rowOf(key);
        if (other > 0) {
            problems.add(Problem.of(
                    FormatCode.SCATTERED_GROUP,
                    "file",
                    file,
                    "row",
                    row,
                    "earlier",
                    other,
                    "column",
                    columns,
                    "value",
                    key));
        }
    }

    private Row clean(RawRow raw, List<Problem> problems, List<Problem> notes) {
        problems.addAll(raw.problems());
        notes.addAll(raw.notes());
        List<String> cells = header.withoutReason(raw.cells());
        int width = header.names().size();
        if (cells.size() > width && !CsvRows.blank(cells.subList(width, cells.size()))) {
            problems.add(rows.tooWide(raw.with(cells), width));
        }
        if (rows.writesEmptyCells()) {
            notes.addAll(shortRows.leftOut(raw, cells));
        }
        return new Row(raw.number(), cells, header.reasonOf(raw.cells()));
    }

    /** The columns, and behind them the rows of a group. */
    private Shape shape() {
        List<String> names = new ArrayList<>(header.names());
        if (!reading.groupBy().isEmpty()) {
            names.add("rows");
        }
        return Shape.of(names);
    }

    private Shaped grouped(List<Row> members) {
        Shaped tree = tree(members.get(0));
        ArrayNode all = tree.arrayNode(members.size());
        members.forEach(row -> all.add(tree(row)));
        tree.set(header.names().size(), all);
        return tree;
    }

    private Shaped tree(Row row) {
        Shaped tree = shape.object();
        List<String> cells = row.cells();
        int width = header.names().size();
        for (int i = 0; i < width; i++) {
            tree.set(i, TextNode.valueOf(i < cells.size() ? cells.get(i) : ""));
        }
        return tree;
    }

    private String key(RawRow row) {
        StringJoiner key = new StringJoiner("\u001F");
        for (int column : keyColumns) {
            key.add(cell(row.cells(), column));
        }
        return key.toString();
    }

    private static String cell(List<String> cells, int column) {
        return column < cells.size() ? Meant.of(cells.get(column)) : "";
    }

    private List<Integer> places(List<String> names, Code unknown) {
        return names.stream().map(name -> place(name, unknown)).toList();
    }

    private int place(String name, Code unknown) {
        int place = Arrays.stream(name.split(OR))
                .map(Meant::line)
                .mapToInt(header::place)
                .filter(found -> found >= 0)
                .findFirst()
                .orElse(-1);
        if (place < 0) {
            String known = Shortened.openly(LONGEST_HEADER, String.join(", ", header.names()));
            int columns = header.names().size();
            throw new ProblemException(
                    Problem.of(unknown, "file", file, "column", name, "known", known, "columns", columns));
        }
        return place;
    }

    @Override
    public void close() {
        rows.close();
    }
}
