package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes trees as IDocs of SAP's file port: the shape they are read in, also inside the elements of IDoc XML. */
final class IdocOutput {
    private static final int CONTROL_WIDTH = 524;
    private static final int DATA_WIDTH = 1063;

    private final LineOutput lines;
    private final Segments segments;
    private String stem = "";
    private int number;

    IdocOutput(OutputStream out, Reading as) {
        this.lines = new LineOutput(out, as);
        this.segments = new Segments(as.fixed().layout());
    }

    void write(JsonNode tree) {
        JsonNode idoc = unwrapped(tree);
        JsonNode control = idoc.path(Segments.CONTROL);
        lines.line(lines.padded(lines.fields(segments.control(), control), CONTROL_WIDTH));
        stem = digits(control.path("MANDT").asText(), 3)
                + digits(control.path("DOCNUM").asText(), 16);
        number = 0;
        segments(idoc, 0, 2);
    }

    private JsonNode unwrapped(JsonNode tree) {
        JsonNode at = tree;
        while (!at.has(Segments.CONTROL)) {
            lines.refuseTexts(Segments.CONTROL, at);
            List<JsonNode> inner = at.properties().stream()
                    .map(Map.Entry::getValue)
                    .filter(JsonNode::isObject)
                    .toList();
            if (inner.size() != 1) {
                throw new ProblemException(
                        Problem.of(FormatCode.IDOC_WITHOUT_CONTROL, "file", "output", "row", 1, "found", ""));
            }
            at = inner.get(0);
        }
        lines.refuseTexts(Segments.CONTROL, at);
        return at;
    }

    private void segments(JsonNode above, int parent, int level) {
        for (Map.Entry<String, JsonNode> field : above.properties()) {
            JsonNode value = field.getValue();
            if (value.isContainerNode() && !field.getKey().equals(Segments.CONTROL)) {
                (value.isArray() ? value : List.of(value))
                        .forEach(each -> segment(field.getKey(), each, parent, level));
            }
        }
    }

    private void segment(String name, JsonNode segment, int parent, int level) {
        LineLayout known = segments.find(name);
        if (known == null || !segment.isObject()) {
            throw LineOutput.noPlace(name, Segments.CONTROL);
        }
        number++;
        int own = number;
        String definition = known.record().equals(name) ? Segments.definition(known) : name;
        String head = String.format(Locale.ROOT, "%-30s%s%06d%06d%02d", definition, stem, own, parent, level);
        lines.line(lines.padded(head + lines.fields(known, segment), DATA_WIDTH));
        segments(segment, own, level + 1);
    }

    private static String digits(String text, int length) {
        String number = text.matches("\\d{1," + length + "}") ? "0".repeat(length - text.length()) + text : text;
        return String.format(Locale.ROOT, "%-" + length + "s", number);
    }
}
