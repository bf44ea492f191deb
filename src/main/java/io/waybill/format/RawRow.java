package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.text.Meant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A row before the header has given its cells names.
 *
 * @param number as a spreadsheet counts
 * @param texts how many cells hold text, not numbers, dates or nothing
 * @param values which cells hold a number or a day, of a workbook alone; nobody changes it
 * @param problems of its cells
 * @param notes what is told of it, though it is read
 */
record RawRow(long number, List<String> cells, int texts, BitSet values, List<Problem> problems, List<Problem> notes) {
    static final BitSet NONE = new BitSet();

    RawRow(long number, List<String> cells, int texts, List<Problem> problems) {
        this(number, cells, texts, NONE, problems, List.of());
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
        return new RawRow(number, cells, texts, values, all, notes);
    }

    /** With nothing in its cell of this column. */
    RawRow without(int column) {
        List<String> others = new ArrayList<>(cells);
        others.set(column, "");
        return with(others, values);
    }

    RawRow with(List<String> other, BitSet otherValues) {
        return new RawRow(number, other, texts, otherValues, problems, notes);
    }
}
