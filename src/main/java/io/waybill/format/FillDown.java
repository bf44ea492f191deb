package io.waybill.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The columns in which a blank cell means the value above: merged cells, continued rows. */
final class FillDown {
    private final List<Integer> columns;
    private final RawRow[] above;

    /** @param columns by where their cells stand in a row, from 0 */
    FillDown(List<Integer> columns) {
        this.columns = columns;
        this.above = new RawRow[columns.size()];
    }

    /**
     * A row whose blank cells are filled.
     *
     * @param cells those that were
     */
    record Filled(RawRow row, List<Cell> cells) {}

    /**
     * A cell that was blank.
     *
     * @param from the number of the row whose value it has now
     */
    record Cell(int column, long from) {}

    /** The first cell of a row that {@link #fill} would fill. */
    Optional<Cell> firstBlank(RawRow raw) {
        for (int i = 0; i < above.length; i++) {
            RawRow last = above[i];
            if (last != null && raw.meant(columns.get(i)).isEmpty()) {
                return Optional.of(new Cell(columns.get(i), last.number()));
            }
        }
        return Optional.empty();
    }

    /** The next row, with what stands above in its blank cells. */
    Filled fill(RawRow raw) {
        if (above.length == 0) {
            return new Filled(raw, List.of());
        }
        List<String> cells = new ArrayList<>(raw.cells());
        BitSet values = (BitSet) raw.values().clone();
        List<Cell> filled = new ArrayList<>();
        for (int i = 0; i < above.length; i++) {
            int column = columns.get(i);
            RawRow last = above[i];
            if (!raw.meant(column).isEmpty()) {
                above[i] = raw;
            } else if (last != null) {
                while (cells.size() <= column) {
                    cells.add("");
                }
                cells.set(column, last.cells().get(column));
                values.set(column, last.values().get(column));
                filled.add(new Cell(column, last.number()));
            }
        }
        return new Filled(filled.isEmpty() ? raw : raw.with(cells, values), filled);
    }
}
