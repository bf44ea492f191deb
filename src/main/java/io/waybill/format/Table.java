package io.waybill.format;

import java.util.List;

/**
 * Where a table stands in its file.
 *
 * @param sheet of a workbook: its name or its number from 1; empty: the first sheet that is not hidden
 * @param headerRow of a workbook: the row of the column names, from 1; {@value #AUTO}: looked for
 * @param fillDown columns whose blank cells mean the value above: merged cells, continued rows
 */
public record Table(String sheet, int headerRow, List<String> fillDown) {
    /** The first row of which more than half is text, measured by the widest of the first rows. */
    public static final int AUTO = 0;

    static final Table PLAIN = new Table("", AUTO, List.of());

    public Table {
        fillDown = List.copyOf(fillDown);
    }
}
