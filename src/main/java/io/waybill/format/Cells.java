package io.waybill.format;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Collects one row from the parser. An apostrophe that only kept a spreadsheet from seeing a formula is taken off. */
final class Cells extends CsvCallbackHandler<List<String>> {
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*+\"", Pattern.DOTALL);

    private final String file;
    private final Limits limits;
    private final boolean plain;
    private final LongSupplier row;
    private String[] cells = {};
    private int count;
    private boolean broken;

    /** @param plain quotes part nothing; those around a whole cell, as spreadsheets write them, are taken off all the same */
    Cells(String file, Limits limits, boolean plain, LongSupplier row) {
        this.file = file;
        this.limits = limits;
        this.plain = plain;
        this.row = row;
    }

    static ProblemException tooLong(String file, Limits limits, long row) {
        return new ProblemException(
                Problem.of(FormatCode.CELL_TOO_LONG, "file", file, "row", row, "limit", limits.cellChars()));
    }

    /** Whether a cell of the last row has line breaks. */
    boolean hasBreaks() {
        return broken;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        if (length > limits.cellChars()) {
            throw tooLong(file, limits, row.getAsLong());
        }
        if (count >= limits.columns()) {
            throw new ProblemException(Problem.of(
                    FormatCode.TOO_MANY_COLUMNS, "file", file, "row", row.getAsLong(), "limit", limits.columns()));
        }
        broken |= quoted && SwallowedRows.mayBe(buffer, offset, length);
        String cell = new String(buffer, offset, length);
        add(Formulas.restored(plain ? unquoted(cell) : cell));
    }

    private static String unquoted(String cell) {
        return QUOTED.matcher(cell).matches()
                ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
                : cell;
    }

    private void add(String cell) {
        if (count == cells.length) {
            cells = Arrays.copyOf(cells, Math.max(16, 2 * count));
        }
        cells[count++] = cell;
    }

    @Override
    protected RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return count;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        count = 0;
        broken = false;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
        addField(buffer, offset, length, false);
    }

    @Override
    protected void setEmpty() {
        add("");
    }

    /** The next row mostly has as many cells as this one. */
    @Override
    protected List<String> buildRecord() {
        if (count < cells.length) {
            cells = Arrays.copyOf(cells, count);
        }
        return List.of(cells);
    }
}
