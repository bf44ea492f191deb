package io.waybill.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * IDocs as SAP's file port writes them, one record a line: each control record begins a document, and its segments nest in it
 * as they do in IDoc XML. A segment nobody knows is {@code SDATA} as it stands; what stands behind the last field of a known one
 * is {@code SDATA_REST}.
 */
final class IdocDocuments implements DocumentReader {
    /** Places before SDATA in a data record. */
    static final int HEADER = 63;

    private static final int SDATA = 1000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final Segments segments;
    private final boolean bytes;
    private final Limits limits;
    private final Set<String> arrays;
    private final TextLines lines;
    private @Nullable TextLine ahead;
    private int ordinal;

    IdocDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.segments = new Segments(reading.fixed().layout());
        this.bytes = reading.fixed().bytes();
        this.limits = reading.limits();
        this.arrays = new HashSet<>(reading.arrays());
        this.lines = new TextLines(in, file, reading);
        this.ahead = lines.next();
        if (ahead == null) {
            throw new ProblemException(Problem.of(FormatCode.EMPTY_FILE, "file", file));
        }
    }

    @Override
    public @Nullable Document next() {
        TextLine line = ahead;
        if (line == null) {
            return null;
        }
        if (!control(line)) {
            boolean old = line.text().startsWith("EDI_DC");
            throw new ProblemException(told(
                    old ? FormatCode.IDOC_OF_RELEASE_3 : FormatCode.IDOC_WITHOUT_CONTROL,
                    line,
                    "found",
                    name(line.text())));
        }
        return document(line);
    }

    private Document document(TextLine control) {
        ordinal++;
        GrowingIdoc idoc = new GrowingIdoc(arrays);
        long lastRow = control.number();
        if (!control.reason().isEmpty()) {
            idoc.tree().put(Header.REASON, control.reason());
        }
        if (control.damage() != null) {
            idoc.problems().add(control.damage());
        }
        ObjectNode head = fields(control, segments.control(), 0, idoc);
        idoc.tree().set(Segments.CONTROL, head);
        int count = 1;
        TextLine line = lines.next();
        for (; line != null && !line.text().startsWith("EDI_DC"); line = lines.next()) {
            limits.checkGroup(++count, file, line.number());
            lastRow = line.number();
            add(line, head.path("DOCNUM").asText(), idoc);
        }
        ahead = line;
        return new Document(ordinal, control.number(), lastRow, idoc.tree(), List.of(), idoc.problems(), idoc.notes());
    }

    /** The name of a segment, if the line begins with one; what else stands there is nobody's business. */
    private static String name(String line) {
        String begin = line.substring(0, Math.min(10, line.length())).strip();
        return begin.matches("[A-Z0-9_/]*") ? begin : "...";
    }

    private static boolean control(TextLine line) {
        return line.text().startsWith(Segments.CONTROL);
    }

    private void add(TextLine line, String docnum, GrowingIdoc idoc) {
        if (line.damage() != null) {
            idoc.problems().add(line.damage());
            return;
        }
        Cut cut = cut(line);
        if (cut.length() < HEADER) {
            idoc.problems().add(told(FormatCode.SEGMENT_CUT_SHORT, line, "length", cut.length()));
            return;
        }
        String name = header(cut, 1, 30);
        String own = header(cut, 34, 16);
        if (!own.isEmpty() && !bare(own).equals(bare(docnum))) {
            idoc.problems()
                    .add(told(FormatCode.SEGMENT_OF_ANOTHER, line, "segment", name)
                            .with("docnum", own)
                            .with("expected", docnum));
            return;
        }
        LineLayout known = segments.find(name);
        if (known == null) {
            idoc.notes().add(told(FormatCode.UNKNOWN_SEGMENT, line, "segment", name));
        }
        String type = known == null ? name : known.record();
        ObjectNode object = known == null ? raw(cut) : fields(line, known, HEADER, idoc);
        if (!idoc.place(header(cut, 50, 6), header(cut, 56, 6), header(cut, 62, 2), type, object)) {
            idoc.problems()
                    .add(told(FormatCode.SEGMENT_UNPLACED, line, "segment", name)
                            .with("above", header(cut, 56, 6)));
        }
    }

    private static ObjectNode raw(Cut cut) {
        return NODES.objectNode().put("SDATA", cut.rest(HEADER + 1).stripTrailing());
    }

    /** Blank fields are left out, as SAP leaves them out of XML. */
    private ObjectNode fields(TextLine line, LineLayout known, int before, GrowingIdoc idoc) {
        Cut cut = cut(line);
        FieldText text = new FieldText(file, line.number(), cut, before);
        ObjectNode object = NODES.objectNode();
        for (LayoutField field : known.read()) {
            String value = text.read(field);
            if (!value.isEmpty()) {
                object.put(field.name(), value);
            }
        }
        boolean segment = before > 0;
        text.checkWidth(segment ? SDATA : known.width());
        String rest = segment ? cut.rest(before + known.width() + 1).strip() : "";
        if (!rest.isEmpty()) {
            object.put("SDATA_REST", rest);
        }
        idoc.problems().addAll(text.problems());
        return object;
    }

    private static String header(Cut cut, int from, int length) {
        String text = cut.at(from, length);
        return text == null ? "" : text.strip();
    }

    private static String bare(String number) {
        return number.replaceFirst("^0+", "");
    }

    private Cut cut(TextLine line) {
        Charset charset = bytes ? lines.charset() : null;
        return Cut.of(line.text(), charset);
    }

    private Problem told(FormatCode code, TextLine line, String name, Object value) {
        return Problem.of(code, "file", file, "row", line.number(), name, value);
    }

    @Override
    public void close() {
        lines.close();
    }
}
