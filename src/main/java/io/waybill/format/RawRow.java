package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.text.Meant;
import java.util.ArrayList;
import java.util.List;

/**
 * A row before the header has given its cells names.
 *
 * @param number as a spreadsheet counts
 * @param texts how many cells hold text, not numbers, dates or nothing
 * @param problems of its cells
 * @param notes what is told of it, though it is read
 */
record RawRow(long number, List<String> cells, int texts, List<Problem> problems, List<Problem> notes) {
    RawRow(long number, List<String> cells, int texts, List<Problem> problems) {
        this(number, cells, texts, problems, List.of());
    }

    boolean blank() {
        return problems.isEmpty() && cells.stream().allMatch(String::isBlank);
    }

    long filled() {
        return cells.stream().filter(cell -> !cell.isBlank()).count();
    }

    /** What its cell in this column says; empty where the row is shorter. */
    String meant(int column) {
        return column < cells.size() ? Meant.of(cells.get(column)) : "";
    }

    RawRow failing(Problem problem) {
        List<Problem> all = new ArrayList<>(problems);
        all.add(problem);
        return new RawRow(number, cells, texts, all, notes);
    }

    /** With nothing in its cell of this column. */
    RawRow without(int column) {
        List<String> others = new ArrayList<>(cells);
        others.set(column, "");
        return with(others);
    }

    RawRow with(List<String> other) {
        return new RawRow(number, other, texts, problems, notes);
    }
}
