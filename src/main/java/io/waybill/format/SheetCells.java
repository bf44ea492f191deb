package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Gathers the cells of one row of a sheet as text. What cannot be text is a problem of the row, by its cell. */
final class SheetCells {
    private final String file;
    private final String sheet;
    private final Limits limits;
    private final SheetNumbers numbers;
    private final long row;
    private final List<String> cells = new ArrayList<>();
    private final BitSet values = new BitSet();
    private final List<Problem> problems = new ArrayList<>();
    private final boolean hidden;
    private int texts;

    /**
     * @param row as the spreadsheet counts, from 1
     * @param hidden nobody who looks at the sheet sees the row
     */
    SheetCells(String file, String sheet, Limits limits, SheetNumbers numbers, long row, boolean hidden) {
        this.file = file;
        this.sheet = sheet;
        this.limits = limits;
        this.numbers = numbers;
        this.row = row;
        this.hidden = hidden;
    }

    RawRow row() {
        return new RawRow(row, cells, texts, values, problems, hidden ? List.of(isHidden()) : List.of());
    }

    private Problem isHidden() {
        return Problem.of(FormatCode.HIDDEN_ROW, "file", file, "row", row, "sheet", sheet);
    }

    void text(int column, String text) {
        texts += text.isBlank() ? 0 : 1;
        put(column, Formulas.restored(text));
    }

    void truth(int column, boolean value) {
        put(column, value ? "TRUE" : "FALSE");
    }

    void day(int column, String iso) {
        put(column, iso);
        values.set(column);
    }

    void number(int column, String raw, NumberLook look) {
        SheetNumbers.Read read = numbers.read(raw, look);
        if (read.wrong() != null) {
            problems.add(wrong(read.wrong(), column, raw));
        }
        put(column, read.text());
        values.set(column);
    }

    void error(int column, String shown) {
        problems.add(wrong(FormatCode.CELL_ERROR, column, shown));
    }

    void notCalculated(int column) {
        problems.add(wrong(FormatCode.CELL_NOT_CALCULATED, column, ""));
    }

    private void put(int column, String text) {
        if (text.length() > limits.cellChars()) {
            throw Cells.tooLong(file, limits, row);
        }
        if (text.isEmpty()) {
            return;
        }
        if (column >= limits.columns()) {
            throw new ProblemException(
                    Problem.of(FormatCode.TOO_MANY_COLUMNS, "file", file, "row", row, "limit", limits.columns()));
        }
        while (cells.size() <= column) {
            cells.add("");
        }
        cells.set(column, text);
    }

    private Problem wrong(FormatCode code, int column, String value) {
        return Problem.of(code, "file", file, "row", row, "cell", place(sheet, column, row), "value", value);
    }

    static Problem beyondHeader(String file, String sheet, RawRow row, int width) {
        int column = width;
        while (row.cells().get(column).isBlank()) {
            column++;
        }
        return Problem.of(
                FormatCode.CELL_BEYOND_HEADER,
                "file",
                file,
                "row",
                row.number(),
                "cell",
                place(sheet, column, row.number()));
    }

    private static String place(String sheet, int column, long row) {
        return sheet + "!" + letters(column) + row;
    }

    /** {@code AB} for 27. */
    private static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }
}
