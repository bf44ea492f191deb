package io.waybill.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fixed-length file whose lines are of several kinds: each line of the first kind begins a document, the following belong
 * to it, each under the kind its layout says.
 */
final class FixedDocuments implements DocumentReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final Layout layout;
    private final LayoutField mark;
    private final String first;
    private final boolean bytes;
    private final Limits limits;
    private final Set<String> arrays;
    private final TextLines lines;
    private final FilledLines filled;
    private @Nullable TextLine ahead;
    private int ordinal;

    FixedDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.layout = reading.fixed().layout();
        this.mark = layout.mark();
        this.first = layout.first().record();
        this.bytes = reading.fixed().bytes();
        this.limits = reading.limits();
        this.arrays = new HashSet<>(reading.arrays());
        this.lines = new TextLines(in, file, reading);
        this.filled = new FilledLines(file);
        this.ahead = lines.next();
        if (ahead == null) {
            throw new ProblemException(Problem.of(FormatCode.EMPTY_FILE, "file", file));
        }
    }

    /** One document as it grows. */
    private static final class Growing {
        private final ObjectNode tree = NODES.objectNode();
        private final Map<String, Place> last = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();
    }

    /** @param path from its document, such as {@code 20.30} */
    private record Place(String path, ObjectNode object) {}

    @Override
    public @Nullable Document next() {
        TextLine line = begin();
        if (line == null) {
            return null;
        }
        ordinal++;
        Growing document = new Growing();
        if (!line.reason().isEmpty()) {
            document.tree.put(Header.REASON, line.reason());
        }
        long firstRow = line.number();
        long lastRow = firstRow;
        int count = 0;
        do {
            limits.checkGroup(++count, file, line.number());
            lastRow = line.number();
            add(line, document);
            line = lines.next();
        } while (line != null && !record(line).equals(first));
        ahead = line;
        return new Document(ordinal, firstRow, lastRow, document.tree, List.of(), document.problems);
    }

    /** The line that begins the next document; what belongs to the file as a whole is passed over. */
    private @Nullable TextLine begin() {
        TextLine line = ahead;
        while (line != null && !record(line).equals(first)) {
            LineLayout known = layout.line(record(line));
            if (known == null) {
                throw new ProblemException(unknown(line));
            }
            if (!known.under().equals(LineLayout.FILE)) {
                throw new ProblemException(misplaced(line, first));
            }
            line = lines.next();
        }
        return line;
    }

    private void add(TextLine line, Growing document) {
        if (line.damage() != null) {
            document.problems.add(line.damage());
            return;
        }
        LineLayout known = layout.line(record(line));
        if (known == null) {
            document.problems.add(unknown(line));
        } else if (!known.under().equals(LineLayout.FILE)) {
            add(line, known, document);
        }
    }

    private void add(TextLine line, LineLayout known, Growing document) {
        Place above = known.under().isEmpty() ? new Place("", document.tree) : document.last.get(known.under());
        if (above == null) {
            document.problems.add(misplaced(line, known.under()));
            return;
        }
        String path = above.path().isEmpty() ? known.record() : above.path() + "." + known.record();
        ObjectNode object = fields(line, known, document.problems);
        Repeats.add(above.object(), known.record(), object, arrays.contains(path));
        document.last.values().removeIf(place -> place.path().startsWith(path + "."));
        document.last.put(known.record(), new Place(path, object));
    }

    private ObjectNode fields(TextLine line, LineLayout known, List<Problem> problems) {
        Cut cut = cut(line);
        Problem cutOff = filled.cutOff(known, line, cut.length());
        if (cutOff != null) {
            problems.add(cutOff);
        }
        FieldText text = new FieldText(file, line.number(), cut, 0);
        ObjectNode object = NODES.objectNode();
        known.read().forEach(field -> object.put(field.name(), text.read(field)));
        for (LayoutField place : known.undeclared()) {
            String undeclared = text.undeclared(place);
            if (!undeclared.isEmpty()) {
                object.put(place.name(), undeclared);
            }
        }
        text.checkWidth(known.width());
        problems.addAll(text.problems());
        return object;
    }

    private String record(TextLine line) {
        String record = cut(line).at(mark.from(), mark.length());
        return record == null ? "" : record.strip();
    }

    private Cut cut(TextLine line) {
        Charset charset = bytes ? lines.charset() : null;
        return Cut.of(line.text(), charset);
    }

    private Problem unknown(TextLine line) {
        return Problem.of(
                FormatCode.UNKNOWN_RECORD,
                "file",
                file,
                "row",
                line.number(),
                "column",
                mark.from(),
                "record",
                record(line),
                "known",
                String.join(", ", layout.records()));
    }

    private Problem misplaced(TextLine line, String above) {
        return Problem.of(
                FormatCode.RECORD_MISPLACED,
                "file",
                file,
                "row",
                line.number(),
                "record",
                record(line),
                "above",
                above);
    }

    @Override
    public void close() {
        lines.close();
    }
}
