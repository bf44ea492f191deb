package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table under a header: one document per row, or per run of rows with the same values in the group columns. */
final class TableDocuments implements DocumentReader {
    private final String file;
    private final Reading reading;
    private final Rows rows;
    private final Deque<RawRow> early;
    private final Header header;
    private final ShortRows shortRows;
    private final RowTrees trees;
    private final GroupKeys keys;
    private final FillDown fillDown;
    private final Set<Integer> telling;
    private final List<Problem> passed = new ArrayList<>();
    private @Nullable RawRow ahead;
    private String keyAhead = "";

    /** The row in which the group began that is ahead; 0 where no rows belong together. */
    private long begun;

    /** The columns of that group whose first row has nothing in them and takes nothing from above. */
    private Set<Integer> anothers = Set.of();

    /** The row before the one that is ahead, filled. */
    private @Nullable RawRow above;

    private int ordinal;

    private TableDocuments(Rows rows, String file, Reading reading, SeenKeys scattered) {
        this.file = file;
        this.reading = reading;
        this.rows = rows;
        HeaderRow found = HeaderRow.find(rows, file, reading.table());
        if (!found.row().problems().isEmpty()) {
            throw new ProblemException(found.row().problems());
        }
        this.early = found.after();
        List<String> groupBy = reading.groupBy();
        this.header = Header.of(file, found.row().cells(), !groupBy.isEmpty());
        this.shortRows = new ShortRows(file, header.names());
        this.trees = new RowTrees(header.names(), !groupBy.isEmpty());
        List<Integer> grouped = header.places(file, groupBy, FormatCode.UNKNOWN_GROUP_COLUMN);
        this.keys = new GroupKeys(file, groupBy, grouped, scattered);
        List<Integer> filled = header.places(file, reading.table().fillDown(), FormatCode.UNKNOWN_FILL_COLUMN);
        this.fillDown = new FillDown(filled);
        this.telling = Stream.concat(grouped.stream(), filled.stream()).collect(Collectors.toUnmodifiableSet());
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
        RawRow raw = read();
        while (raw != null && isPassedOver(raw)) {
            raw = read();
        }
        if (raw == null) {
            ahead = null;
            keyAhead = "";
            return null;
        }
        FillDown.Filled filled = fillDown.fill(raw);
        String key = keys.of(filled.row());
        if (!key.equals(keyAhead)) {
            begun = raw.number();
            anothers = anothers(filled);
        }
        keyAhead = key;
        above = filled.row();
        ahead = own(filled);
        return ahead;
    }

    private @Nullable RawRow read() {
        return early.isEmpty() ? whole(rows.next()) : early.remove();
    }

    private boolean isPassedOver(RawRow raw) {
        Optional<Problem> told = fillDown.firstBlank(raw)
                .flatMap(blank -> TotalRow.told(file, header.name(blank.column()), blank, raw, telling));
        told.ifPresent(passed::add);
        return told.isPresent();
    }

    /** What is told of rows that were passed over so far. */
    private List<Problem> taken(List<Problem> notes) {
        notes.addAll(passed);
        passed.clear();
        return notes;
    }

    /** Of what the rows are grouped by, the blanks of a first row in which nothing goes on that stands above. */
    private Set<Integer> anothers(FillDown.Filled first) {
        RawRow before = above;
        return before == null
                ? Set.of()
                : first.cells().stream()
                        .map(FillDown.Cell::column)
                        .filter(column -> keys.isIn(column) && keys.isAnothers(column, before, first.row()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** What stands above its group is another's, but for what the rows are grouped by and goes on; it is told of once. */
    private RawRow own(FillDown.Filled filled) {
        RawRow row = filled.row();
        for (FillDown.Cell cell : filled.cells()) {
            if (cell.from() < begun && (!keys.isIn(cell.column()) || anothers.contains(cell.column()))) {
                RawRow without = row.without(cell.column());
                row = row.number() > begun
                        ? without
                        : without.failing(keys.ofAnother(begun, header.name(cell.column()), cell.from()));
            }
        }
        return row;
    }

    private @Nullable RawRow whole(@Nullable RawRow raw) {
        return raw == null
                ? null
                : shortRows.whole(raw, header.withoutReason(raw).cells().size(), rows.endsInRow());
    }

    @Override
    public List<String> columns() {
        List<String> undeclared = rows.undeclared();
        return header.names().stream()
                .filter(name -> !undeclared.contains(name))
                .toList();
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
        return keys.areSaid() ? group(first) : single(first);
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
            if (keys.begin(key, first.number())) {
                several.remember(key, first.number());
            }
            RawRow raw = first;
            while (raw != null && keyAhead.equals(key)) {
                raw = advance();
                passed.clear();
            }
        }
    }

    private Document single(RawRow raw) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> notes = ofWhole();
        Row row = clean(raw, problems, notes);
        advance();
        return new Document(ordinal, row.number(), row.number(), trees.of(row), List.of(row), problems, taken(notes));
    }

    private Document group(RawRow first) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> notes = ofWhole();
        List<Row> members = new ArrayList<>();
        String key = keyAhead;
        for (RawRow raw = first; raw != null && keyAhead.equals(key); raw = advance()) {
            reading.limits().checkGroup(members.size() + 1, file, raw.number());
            members.add(clean(raw, problems, notes));
        }
        keys.wrong(key, first.number()).ifPresent(problems::add);
        long last = members.get(members.size() - 1).number();
        return new Document(ordinal, first.number(), last, trees.of(members), members, problems, taken(notes));
    }

    /** What is told of the whole table is told with its first document. */
    private List<Problem> ofWhole() {
        return new ArrayList<>(ordinal == 1 ? rows.notes() : List.of());
    }

    private Row clean(RawRow raw, List<Problem> problems, List<Problem> notes) {
        problems.addAll(raw.problems());
        notes.addAll(raw.notes());
        RawRow own = header.withoutReason(raw);
        List<String> cells = own.cells();
        int width = header.names().size();
        if (cells.size() > width && !CsvRows.blank(cells.subList(width, cells.size()))) {
            problems.add(rows.tooWide(own, width));
        }
        if (rows.writesEmptyCells()) {
            notes.addAll(shortRows.leftOut(raw, cells));
        }
        return new Row(raw.number(), cells, header.reasonOf(raw.cells()), own.values());
    }

    @Override
    public void close() {
        rows.close();
    }
}
