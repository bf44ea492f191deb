package io.waybill.format;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;

/** Which sheets of an old XLS workbook have cells: all of its records are looked at once. */
final class OldSheetsFilled {
    private final RecordFactoryInputStream records;

    /** @param records of the workbook, from its beginning */
    OldSheetsFilled(RecordFactoryInputStream records) {
        this.records = records;
    }

    /** What cannot be looked into may have some. */
    Set<BoundSheetRecord> among(List<BoundSheetRecord> sheets) {
        Set<BoundSheetRecord> filled = new HashSet<>(sheets);
        try {
            pass(records);
            for (BoundSheetRecord sheet : BoundSheetRecord.orderByBofPosition(sheets)) {
                if (!pass(records)) {
                    filled.remove(sheet);
                }
            }
        } catch (RuntimeException toldToWhoReadsThatSheet) {
            return filled;
        }
        return filled;
    }

    /**
     * Reads on behind the part that begins here, which may have others within: charts.
     *
     * @return whether it has cells
     */
    static boolean pass(RecordFactoryInputStream records) {
        boolean cells = false;
        int open = 0;
        do {
            Record next = records.nextRecord();
            if (next == null) {
                throw new IllegalStateException("it is cut off");
            }
            open += next instanceof BOFRecord ? 1 : next instanceof EOFRecord ? -1 : 0;
            cells |= open == 1 && next instanceof CellValueRecordInterface;
        } while (open > 0);
        return cells;
    }
}
