package io.waybill.format;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Collects one row from the parser. An apostrophe that only kept a spreadsheet from seeing a formula is taken off. */
final class Cells extends CsvCallbackHandler<List<String>> {
    private final String file;
    private final Limits limits;
    private final LongSupplier row;
    private String[] cells = {};
    private int count;

    Cells(String file, Limits limits, LongSupplier row) {
        this.file = file;
        this.limits = limits;
        this.row = row;
    }

    static ProblemException tooLong(String file, Limits limits, long row) {
        return new ProblemException(
                Problem.of(FormatCode.CELL_TOO_LONG, "file", file, "row", row, "limit", limits.cellChars()));
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
        add(Formulas.restored(new String(buffer, offset, length)));
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
