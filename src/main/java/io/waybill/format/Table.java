package io.waybill.format;

import java.util.List;

/**
 * Where a table stands in its file.
 *
 * @param sheet of a workbook: its name or its number from 1; empty: the first sheet that is not hidden
 * @param headerRow of a workbook: the row of the column names, from 1; {@value #AUTO}: looked for
 * @param fillDown columns whose blank cells mean the value above: merged cells, continued rows
 * @param columns the names of the columns where the file does not say them: its first row is data; empty: it says them
 */
public record Table(String sheet, int headerRow, List<String> fillDown, List<String> columns) {
    /** The first row of which more than half is text, measured by the widest of the first rows. */
    public static final int AUTO = 0;

    static final Table PLAIN = new Table("", AUTO, List.of());

    public Table {
        fillDown = List.copyOf(fillDown);
        columns = List.copyOf(columns);
    }

    /** A table that names its columns. */
    public Table(String sheet, int headerRow, List<String> fillDown) {
        this(sheet, headerRow, fillDown, List.of());
    }

    /** A table without a header: every row is data, under these names. */
    public static Table headless(List<String> columns) {
        return new Table("", AUTO, List.of(), columns);
    }
}
