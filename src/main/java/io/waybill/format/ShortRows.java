package io.waybill.format;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.List;

/** Rows with fewer cells than their header has columns: exporters leave out empty ones at the end, and files are cut off. */
final class ShortRows {
    private final String file;
    private final List<String> columns;
    private int filledUpTo;
    private int fewest;

    ShortRows(String file, List<String> columns) {
        this.file = file;
        this.columns = columns;
        this.fewest = columns.size();
    }

    /**
     * A row that lacks cells which all others have, the header among them, where the file ends in it, was cut off, and its last cell
     * with it.
     *
     * @param cells how many it has
     * @param ends whether the file ends in it, without a line end
     */
    RawRow whole(RawRow raw, int cells, boolean ends) {
        if (ends && cells < fewest) {
            return raw.failing(tooFew(FormatCode.TOO_FEW_CELLS, raw, cells));
        }
        fewest = Math.min(fewest, cells);
        return raw;
    }

    /** What is told of a row that lacks a cell where an earlier row has something. */
    List<Problem> leftOut(RawRow raw, List<String> cells) {
        int told = filledUpTo;
        int width = Math.min(cells.size(), columns.size());
        while (width > told && cells.get(width - 1).isBlank()) {
            width--;
        }
        filledUpTo = Math.max(told, width);
        return cells.size() < told && raw.problems().isEmpty()
                ? List.of(tooFew(FormatCode.CELLS_LEFT_OUT, raw, cells.size()).with("column", columns.get(told - 1)))
                : List.of();
    }

    private Problem tooFew(Code code, RawRow raw, int cells) {
        return Problem.of(code, "file", file, "row", raw.number(), "cells", cells, "columns", columns.size());
    }
}
