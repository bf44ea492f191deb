package io.waybill.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.SSTRecord;
import org.jspecify.annotations.Nullable;

/** What the sheets of an old XLS workbook share: texts, the looks of numbers, the day they are counted from. */
final class OldStyles {
    private final List<Integer> looks = new ArrayList<>();
    private final Map<Integer, NumberLook> own = new HashMap<>();
    private @Nullable SSTRecord texts;
    private boolean from1904;

    void take(Record record) {
        if (record instanceof SSTRecord all) {
            texts = all;
        } else if (record instanceof ExtendedFormatRecord style) {
            looks.add((int) style.getFormatIndex());
        } else if (record instanceof FormatRecord format) {
            int number = format.getIndexCode();
            own.put(number, NumberLook.of(number, format.getFormatString()));
        } else if (record instanceof DateWindow1904Record since) {
            from1904 = since.getWindowing() == 1;
        }
    }

    SheetNumbers numbers() {
        return new SheetNumbers(from1904);
    }

    /** @throws IllegalStateException when the workbook has no such text */
    String text(int index) {
        if (texts == null || index < 0 || index >= texts.getNumUniqueStrings()) {
            throw new IllegalStateException("it has no text " + index);
        }
        return texts.getString(index).getString();
    }

    NumberLook look(int style) {
        int look = style >= 0 && style < looks.size() ? looks.get(style) : 0;
        NumberLook said = own.get(look);
        return said == null ? NumberLook.of(look, "") : said;
    }
}
