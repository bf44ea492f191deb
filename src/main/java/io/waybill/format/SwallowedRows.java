package io.waybill.format;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows that stand in one cell of another row: a quote that was no more than a character, as that of {@code "12 inch}, opened the cell, and
 * one in a later row closed it. What is left of both looks like one row with the beginning of the first and the end of the last.
 */
final class SwallowedRows {
    /** With fewer columns a text of several lines may have as many delimiters by itself. */
    private static final int FEWEST_COLUMNS = 5;

    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");

    private SwallowedRows() {}

    /** Whether a cell has line breaks. */
    static boolean mayBe(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (text[i] == '\n' || text[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    /**
     * How many lines beyond the first are in a cell that has, as whole rows have, in its first line the delimiters that the row of the
     * cell lacks, in its last those that the row behind it lacks, and between them those of a whole row; 0 for none.
     *
     * @param width how many cells the header has
     */
    static int in(List<String> cells, int width, char delimiter) {
        for (int i = 0; width >= FEWEST_COLUMNS && i < Math.min(cells.size(), width); i++) {
            String cell = cells.get(i);
            if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
                String[] lines = LINE_END.split(cell, -1);
                int last = lines.length - 1;
                boolean rows = delimiters(lines[0], delimiter) == width - 1 - i
                        && delimiters(lines[last], delimiter) == i + width - cells.size();
                for (int between = 1; rows && between < last; between++) {
                    rows = lines[between].isBlank() || delimiters(lines[between], delimiter) == width - 1;
                }
                if (rows) {
                    return last;
                }
            }
        }
        return 0;
    }

    private static long delimiters(String line, char delimiter) {
        return line.chars().filter(c -> c == delimiter).count();
    }
}
