package io.waybill.format;

import java.util.List;

/**
 * One row as it was read, so that it can be handed back.
 *
 * @param number as a spreadsheet counts: the header is row 1 and blank lines count
 */
public record Row(long number, List<String> cells) {
    public Row {
        cells = List.copyOf(cells);
    }
}
