package io.waybill.edge;

import io.waybill.format.Formats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedCaseInsensitiveMap;

/**
 * The rows that one look at a table found. Two of them that differ under one key, such as the lines of one order, are not that key's row:
 * taken one after another, the last would replace those before it.
 */
final class TableLook {
    private static final int KEPT = 20_000;

    private final List<Row> rows = new ArrayList<>();
    private @Nullable Set<String> twice;

    /**
     * One more, still without its columns.
     *
     * @param most rows that the look reads, 0 where it reads all: then those behind the first {@value #KEPT} are compared with none
     */
    Map<String, Object> row(int columns, int most) {
        Row row = new Row(columns, this, rows.size() == most - 1);
        if (most > 0 || rows.size() < KEPT) {
            rows.add(row);
        }
        return row;
    }

    /** Whether another row of its look differs and has the same value there; false for one that no look found. */
    static boolean isTwice(Map<?, ?> row, String keyColumn) {
        return row instanceof Row read && read.look.twice(keyColumn).contains(read.key(keyColumn));
    }

    /**
     * Whether there may be more behind this row that no look has read yet, such as the next line of its order. It is read again with
     * them, unless it is all that a look reads.
     */
    static boolean isCutOff(Map<?, ?> row) {
        return row instanceof Row read && read.isLast && read.look.rows.size() > 1;
    }

    /** For the one thread that hands the rows on, by the one key column of its route. */
    private Set<String> twice(String keyColumn) {
        Set<String> known = twice;
        if (known == null) {
            known = new HashSet<>();
            Map<String, Row> first = new HashMap<>();
            for (Row row : rows) {
                String key = row.key(keyColumn);
                Row other = first.putIfAbsent(key, row);
                if (other != null
                        && !Formats.row(other).tree().equals(Formats.row(row).tree())) {
                    known.add(key);
                }
            }
            twice = known;
        }
        return known;
    }

    private static final class Row extends LinkedCaseInsensitiveMap<Object> {
        private static final long serialVersionUID = 1;

        private final transient TableLook look;
        private final boolean isLast;

        /** @param isLast of as many as its look reads */
        Row(int columns, TableLook look, boolean isLast) {
            super(columns);
            this.look = look;
            this.isLast = isLast;
        }

        /** Of one without a key the empty text, which {@link SqlRow} refuses before. */
        String key(String column) {
            Object key = get(column);
            return key == null ? "" : Formats.text(key);
        }
    }
}
