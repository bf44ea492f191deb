package io.waybill.format;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Collects one row from the parser. An apostrophe that only kept a spreadsheet from seeing a formula is taken off. */
final class Cells extends CsvCallbackHandler<List<String>> {
    private final String file;
    private final Limits limits;
    private final LongSupplier row;
    private List<String> cells = new ArrayList<>();

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
        if (cells.size() >= limits.columns()) {
            throw new ProblemException(Problem.of(
                    FormatCode.TOO_MANY_COLUMNS, "file", file, "row", row.getAsLong(), "limit", limits.columns()));
        }
        cells.add(Formulas.restored(new String(buffer, offset, length)));
    }

    @Override
    protected RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return cells.size();
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        cells = new ArrayList<>();
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
        addField(buffer, offset, length, false);
    }

    @Override
    protected void setEmpty() {
        cells.add("");
    }

    @Override
    protected List<String> buildRecord() {
        List<String> built = cells;
        cells = new ArrayList<>();
        return built;
    }
}
