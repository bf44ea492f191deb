package io.waybill.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Rows as trees, with a text under the name of every column; a group is its first row with all of them under {@value #ROWS}. */
final class RowTrees {
    static final String ROWS = "rows";

    private final int width;
    private final Shape shape;

    RowTrees(List<String> columns, boolean grouped) {
        this.width = columns.size();
        List<String> names = new ArrayList<>(columns);
        if (grouped) {
            names.add(ROWS);
        }
        this.shape = Shape.of(names);
    }

    Shaped of(Row row) {
        Shaped tree = shape.object();
        List<String> cells = row.cells();
        for (int i = 0; i < width; i++) {
            String text = i < cells.size() ? cells.get(i) : "";
            tree.set(i, row.values().get(i) ? new CellValue(text) : TextNode.valueOf(text));
        }
        return tree;
    }

    Shaped of(List<Row> group) {
        Shaped tree = of(group.get(0));
        ArrayNode rows = tree.arrayNode(group.size());
        group.forEach(row -> rows.add(of(row)));
        tree.set(width, rows);
        return tree;
    }
}
