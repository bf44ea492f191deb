package io.waybill.format;

import java.util.BitSet;
import java.util.List;

/**
 * One row as it was read, so that it can be handed back.
 *
 * @param number as a spreadsheet counts: the header is row 1 and blank lines count
 * @param reason what a quarantine file said of it, which is no part of its cells; empty for others
 * @param values which of its cells hold a number or a day of a workbook; nobody changes it
 */
public record Row(long number, List<String> cells, String reason, BitSet values) {
    public Row {
        cells = List.copyOf(cells);
    }

    public Row(long number, List<String> cells, String reason) {
        this(number, cells, reason, RawRow.NONE);
    }

    public Row(long number, List<String> cells) {
        this(number, cells, "");
    }
}
