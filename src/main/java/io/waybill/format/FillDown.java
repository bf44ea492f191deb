package io.waybill.format;

import java.util.ArrayList;
import java.util.List;

/** The columns in which a blank cell means the value above: merged cells, continued rows. */
final class FillDown {
    private final List<Integer> columns;
    private final String[] above;

    FillDown(List<Integer> columns) {
        this.columns = columns;
        this.above = new String[columns.size()];
    }

    /** The next row, with what stands above in its blank cells. */
    RawRow fill(RawRow raw) {
        if (columns.isEmpty()) {
            return raw;
        }
        List<String> cells = new ArrayList<>(raw.cells());
        for (int i = 0; i < above.length; i++) {
            int column = columns.get(i);
            if (!raw.meant(column).isEmpty()) {
                above[i] = cells.get(column);
            } else if (above[i] != null) {
                while (cells.size() <= column) {
                    cells.add("");
                }
                cells.set(column, above[i]);
            }
        }
        return raw.with(cells);
    }
}
