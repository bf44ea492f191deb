package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Writes trees as fixed-length lines: rows where lines are of one kind, else each object under its record's name. */
final class FixedOutput {
    private final LineOutput lines;
    private final Layout layout;

    FixedOutput(OutputStream out, Reading as) {
        this.lines = new LineOutput(out, as);
        this.layout = as.fixed().layout();
    }

    void write(JsonNode tree) {
        if (layout.recorded()) {
            records(tree);
        } else {
            TreeRows.of(tree).forEach(this::row);
        }
    }

    private void row(JsonNode row) {
        LineLayout only = layout.only();
        lines.refuseLists(only, row);
        lines.line(lines.fields(only, row));
    }

    private void records(JsonNode tree) {
        lines.refuseTexts(layout.first().record(), tree);
        below(tree);
    }

    private void below(JsonNode tree) {
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            JsonNode value = field.getValue();
            if (value.isContainerNode()) {
                (value.isArray() ? value : List.of(value)).forEach(each -> record(field.getKey(), each));
            }
        }
    }

    private void record(String name, JsonNode object) {
        LineLayout known = layout.line(name);
        if (known == null || !object.isObject()) {
            throw LineOutput.noPlace(name, layout.first().record());
        }
        lines.line(lines.fields(known, object));
        below(object);
    }
}
