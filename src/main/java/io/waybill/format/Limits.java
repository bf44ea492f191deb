package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;

/**
 * What a file may cost before it is refused.
 *
 * @param bytes of the whole file
 * @param rows of the whole file, the header included
 * @param columns of one row
 * @param cellChars of one cell, or of one JSON string or NDJSON line
 * @param groupRows rows in one grouped document
 * @param depth nesting of JSON
 */
public record Limits(long bytes, long rows, int columns, int cellChars, int groupRows, int depth) {
    public static final Limits DEFAULT = new Limits(2L << 30, 5_000_000, 2_000, 1 << 20, 10_000, 64);

    public Limits withCellChars(int most) {
        return new Limits(bytes, rows, columns, most, groupRows, depth);
    }

    /**
     * @param count of the rows so far, this one included
     * @throws ProblemException {@code too-many-rows}
     */
    void checkRows(long count, String file) {
        if (count > rows) {
            throw new ProblemException(Problem.of(FormatCode.TOO_MANY_ROWS, "file", file, "limit", rows));
        }
    }

    /**
     * @param count of the rows of a grouped document so far, this one included
     * @throws ProblemException {@code group-too-large}
     */
    void checkGroup(int count, String file, long row) {
        if (count > groupRows) {
            throw new ProblemException(
                    Problem.of(FormatCode.GROUP_TOO_LARGE, "file", file, "row", row, "limit", groupRows));
        }
    }
}
