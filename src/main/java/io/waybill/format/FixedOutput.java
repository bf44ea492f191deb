package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
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
            JsonNode many = tree.isArray() ? tree : tree.path("rows");
            (many.isArray() ? many : List.of(tree)).forEach(row -> lines.line(row(row)));
        }
    }

    private String row(JsonNode row) {
        return lines.fields(layout.only(), row);
    }

    private void records(JsonNode tree) {
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            JsonNode value = field.getValue();
            if (value.isContainerNode()) {
                (value.isArray() ? value : List.of(value)).forEach(each -> record(field.getKey(), each));
            }
        }
    }

    private void record(String name, JsonNode object) {
        LineLayout known = layout.line(name);
        if (known == null) {
            throw new ProblemException(Problem.of(
                    FormatCode.FIELD_NOT_IN_LAYOUT,
                    "name",
                    name,
                    "record",
                    layout.first().record()));
        }
        lines.line(lines.fields(known, object));
        records(object);
    }
}
