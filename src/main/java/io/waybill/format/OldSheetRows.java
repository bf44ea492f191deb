package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.RowRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet of an old XLS workbook. The file is held in memory, its sheets are read record by record. */
final class OldSheetRows implements Rows {
    /** Bytes of the workbook. */
    static final int MOST_BYTES = 32 << 20;

    private static final Set<String> STREAMS = Set.of("Workbook", "WORKBOOK", "Book", "BOOK");

    /** What a workbook of today with a password is kept as. */
    private static final String LOCKED = "EncryptedPackage";

    private final String file;
    private final Limits limits;
    private final POIFSFileSystem container;
    private final RecordFactoryInputStream records;
    private final OldStyles styles = new OldStyles();
    private final String sheet;
    private final BitSet hidden = new BitSet();
    private List<Problem> notes = List.of();
    private @Nullable SheetCells cells;
    private int row = -1;
    private int depth = 1;
    private int textColumn = -1;
    private boolean ended;

    OldSheetRows(InputStream in, String file, Reading reading) throws IOException {
        this.file = file;
        this.limits = reading.limits();
        long most = Math.min(MOST_BYTES, limits.bytes());
        byte[] bytes = in.readNBytes((int) most + 1);
        if (bytes.length > most) {
            throw new ProblemException(Problem.of(FormatCode.FILE_TOO_LARGE, "file", file, "limit", most));
        }
        try {
            this.container = new POIFSFileSystem(new ByteArrayInputStream(bytes));
            this.records = records(container);
            this.sheet = enter(reading.table().sheet());
        } catch (IOException e) {
            throw refused(new IllegalStateException(e.getMessage(), e));
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    private RecordFactoryInputStream records(POIFSFileSystem container) throws IOException {
        String stream = container.getRoot().getEntryNames().stream()
                .filter(STREAMS::contains)
                .findFirst()
                .orElse("");
        if (stream.isEmpty()) {
            throw container.getRoot().getEntryNames().contains(LOCKED)
                    ? new EncryptedDocumentException("no workbook in it")
                    : new ProblemException(Problem.of(FormatCode.NOT_A_WORKBOOK, "file", file));
        }
        return new RecordFactoryInputStream(container.createDocumentInputStream(stream), false);
    }

    /** Reads what all sheets share, then goes to the sheet asked for. */
    private String enter(String asked) throws IOException {
        List<BoundSheetRecord> sheets = new ArrayList<>();
        records.nextRecord();
        for (Record next = records.nextRecord(); !(next instanceof EOFRecord); next = records.nextRecord()) {
            if (next == null) {
                throw new IllegalStateException("it is cut off");
            }
            if (next instanceof BoundSheetRecord bound) {
                sheets.add(bound);
            } else {
                styles.take(next);
            }
        }
        List<SheetName> names = sheets.stream()
                .map(each -> new SheetName(each.getSheetname(), each.isHidden() || each.isVeryHidden()))
                .toList();
        int index = SheetName.chosen(names, asked, file);
        BoundSheetRecord chosen = sheets.get(index);
        if (asked.isBlank()) {
            notes = names.get(index).alone(beside(sheets, names, index), file);
        }
        for (BoundSheetRecord each : BoundSheetRecord.orderByBofPosition(sheets)) {
            if (each == chosen) {
                records.nextRecord();
                return chosen.getSheetname();
            }
            OldSheetsFilled.pass(records);
        }
        throw new IllegalStateException("it has no sheets");
    }

    /** The sheets that people see and that have cells too. */
    private List<SheetName> beside(List<BoundSheetRecord> sheets, List<SheetName> names, int read) throws IOException {
        Set<BoundSheetRecord> filled =
                sheets.size() == 1 ? Set.of() : new OldSheetsFilled(records(container)).among(sheets);
        return IntStream.range(0, names.size())
                .filter(sheet -> sheet != read && !names.get(sheet).hidden() && filled.contains(sheets.get(sheet)))
                .mapToObj(names::get)
                .toList();
    }

    @Override
    public List<Problem> notes() {
        return notes;
    }

    @Override
    public @Nullable RawRow next() {
        try {
            while (!ended) {
                RawRow done = take(records.nextRecord());
                if (done != null && !done.blank()) {
                    return done;
                }
            }
            return null;
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    /** The row before this record, when the record begins another. */
    private @Nullable RawRow take(@Nullable Record record) {
        if (record == null || record instanceof EOFRecord) {
            ended = record == null || --depth == 0;
            return ended ? done() : null;
        }
        depth += record instanceof BOFRecord ? 1 : 0;
        if (depth == 1 && record instanceof RowRecord shown && shown.getZeroHeight()) {
            hidden.set(shown.getRowNumber());
        }
        if (record instanceof StringRecord text && textColumn >= 0 && cells != null) {
            cells.text(textColumn, text.getString());
            textColumn = -1;
        }
        if (!(record instanceof CellValueRecordInterface cell) || depth > 1) {
            return null;
        }
        RawRow before = cell.getRow() == row ? null : done();
        if (cells == null) {
            if (cell.getRow() < row) {
                throw new IllegalStateException("row " + (cell.getRow() + 1) + " comes after row " + (row + 1));
            }
            row = cell.getRow();
            limits.checkRows(row + 1L, file);
            cells = new SheetCells(file, sheet, limits, styles.numbers(), row + 1L, hidden.get(row));
        }
        put(cells, cell);
        return before;
    }

    private @Nullable RawRow done() {
        RawRow done = cells == null ? null : cells.row();
        cells = null;
        textColumn = -1;
        return done;
    }

    private void put(SheetCells into, CellValueRecordInterface cell) {
        int column = cell.getColumn();
        if (cell instanceof LabelSSTRecord label) {
            into.text(column, styles.text(label.getSSTIndex()));
        } else if (cell instanceof LabelRecord label) {
            into.text(column, label.getValue());
        } else if (cell instanceof NumberRecord number) {
            into.number(column, Double.toString(number.getValue()), styles.look(cell.getXFIndex()));
        } else if (cell instanceof BoolErrRecord truth && truth.isBoolean()) {
            into.truth(column, truth.getBooleanValue());
        } else if (cell instanceof BoolErrRecord error) {
            into.error(column, shown(error.getErrorValue()));
        } else if (cell instanceof FormulaRecord formula) {
            formula(into, column, formula);
        }
    }

    private void formula(SheetCells into, int column, FormulaRecord formula) {
        CellType type = formula.getCachedResultTypeEnum();
        if (type == CellType.NUMERIC) {
            into.number(column, Double.toString(formula.getValue()), styles.look(formula.getXFIndex()));
        } else if (type == CellType.BOOLEAN) {
            into.truth(column, formula.getCachedBooleanValue());
        } else if (type == CellType.ERROR) {
            into.error(column, shown(formula.getCachedErrorValue()));
        } else {
            textColumn = column;
        }
    }

    private static String shown(int error) {
        return FormulaError.isValidCode(error) ? FormulaError.forInt(error).getString() : "#" + error;
    }

    /** What the library throws for a file that is none is a surprise to it, not to us. */
    private ProblemException refused(RuntimeException e) {
        if (e instanceof ProblemException problem) {
            return problem;
        }
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof EncryptedDocumentException)) {
            cause = cause.getCause();
        }
        if (cause instanceof EncryptedDocumentException) {
            return new ProblemException(Problem.of(FormatCode.LOCKED_WORKBOOK, "file", file), e);
        }
        Problem damaged =
                Problem.of(FormatCode.BAD_WORKBOOK, "file", file, "reason", String.valueOf(cause.getMessage()));
        return new ProblemException(row < 0 ? damaged : damaged.with("row", row + 1), e);
    }

    @Override
    public Problem tooWide(RawRow wide, int width) {
        return SheetCells.beyondHeader(file, sheet, wide, width);
    }

    @Override
    public boolean looseHeader() {
        return true;
    }

    @Override
    public void close() {
        try {
            container.close();
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }
}
