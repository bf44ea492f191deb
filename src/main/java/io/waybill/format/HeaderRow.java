package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The row of the column names and what was read beyond it while looking.
 *
 * @param after the rows that follow it and are read already
 */
record HeaderRow(RawRow row, Deque<RawRow> after) {
    private static final int LOOKED_AT = 50;

    static HeaderRow find(Rows rows, String file, Table table) {
        if (!table.columns().isEmpty()) {
            RawRow given = new RawRow(0, table.columns(), table.columns().size(), List.of());
            return new HeaderRow(given, new ArrayDeque<>());
        }
        RawRow first = rows.next();
        if (first == null) {
            throw new ProblemException(
                    Problem.of(rows.notes().isEmpty() ? FormatCode.EMPTY_FILE : FormatCode.EMPTY_SHEET, "file", file));
        }
        if (!rows.looseHeader()) {
            return new HeaderRow(first, new ArrayDeque<>());
        }
        return table.headerRow() == Table.AUTO
                ? search(first, rows, file)
                : numbered(first, rows, file, table.headerRow());
    }

    private static HeaderRow numbered(RawRow first, Rows rows, String file, int number) {
        RawRow row = first;
        while (row != null && row.number() < number) {
            row = rows.next();
        }
        if (row == null || row.number() != number) {
            throw new ProblemException(Problem.of(FormatCode.MISSING_HEADER, "file", file, "row", number));
        }
        return new HeaderRow(row, new ArrayDeque<>());
    }

    private static HeaderRow search(RawRow first, Rows rows, String file) {
        Deque<RawRow> head = new ArrayDeque<>();
        long widest = 0;
        for (RawRow row = first; row != null; row = head.size() < LOOKED_AT ? rows.next() : null) {
            head.add(row);
            widest = Math.max(widest, row.filled());
        }
        while (!head.isEmpty()) {
            RawRow row = head.remove();
            if (2L * row.texts() > widest) {
                return new HeaderRow(row, head);
            }
        }
        throw new ProblemException(Problem.of(FormatCode.NO_HEADER_FOUND, "file", file, "rows", LOOKED_AT));
    }
}
