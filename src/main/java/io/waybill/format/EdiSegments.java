package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamConstants.Delimiters;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferOverflowException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of X12 or EDIFACT, segment by segment. The parser sees bytes, one a letter, so that no letter of UTF-8 is more to
 * it than several; values are put together again here.
 */
final class EdiSegments implements AutoCloseable {
    /** More elements than any segment has. */
    private static final int MOST_ELEMENTS = 2_000;

    /** X12 has no release character, and no elements of several parts in its segments of words: what parts others is a letter there. */
    private static final Set<String> WORDS = Set.of("N1", "N2", "N3", "N4", "PER", "G61", "G69", "PID", "MSG", "NTE");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final EDIInputFactory FACTORY = factory();

    private final String file;
    private final String last;
    private final EdiText text;
    private final EDIStreamReader edi;
    private final Map<Long, String> names = new HashMap<>();
    private final boolean released;
    private final Map<String, Integer> tags = new HashMap<>();
    private long read;
    private String tag = "";

    EdiSegments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.released = reading.format() == Format.EDIFACT;
        this.last = EdiStandard.of(reading.format()).interchange.end();
        this.text = new EdiText(in, file, reading);
        try {
            checkHead(EdiStandard.of(reading.format()));
            this.edi = FACTORY.createEDIStreamReader(text, StandardCharsets.ISO_8859_1.name());
        } catch (IOException | EDIStreamException e) {
            throw Unreadable.file(file, e);
        }
    }

    private static EDIInputFactory factory() {
        EDIInputFactory factory = EDIInputFactory.newFactory();
        factory.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_STRUCTURE, false);
        factory.setProperty(EDIInputFactory.EDI_IGNORE_EXTRANEOUS_CHARACTERS, true);
        return factory;
    }

    private void checkHead(EdiStandard standard) throws IOException {
        String head = text.head(3);
        if (head.isEmpty()) {
            throw new ProblemException(Problem.of(FormatCode.EMPTY_FILE, "file", file));
        }
        if (!standard.heads.contains(head)) {
            throw new ProblemException(Problem.of(
                    FormatCode.NOT_EDI, "file", file, "seen", head, "legal", String.join(" | ", standard.heads)));
        }
    }

    /** The next segment, or null after the last. */
    @Nullable
    EdiSegment next() {
        try {
            while (edi.hasNext()) {
                if (edi.next() == EDIStreamEvent.START_SEGMENT) {
                    tag = edi.getText();
                    EdiSegment segment = segment();
                    if (!segment.tag().equals("UNA")) {
                        read++;
                        return segment;
                    }
                }
            }
            return null;
        } catch (EDIStreamException | RuntimeException e) {
            throw refused(e);
        }
    }

    private EdiSegment segment() throws EDIStreamException {
        ObjectNode elements = NODES.objectNode();
        boolean words = !released && WORDS.contains(tag);
        StringBuilder whole = new StringBuilder();
        int count = 0;
        for (EDIStreamEvent event = edi.next(); event != EDIStreamEvent.END_SEGMENT; event = edi.next()) {
            if (event == EDIStreamEvent.ELEMENT_DATA) {
                if (++count > MOST_ELEMENTS) {
                    throw bad("more than " + MOST_ELEMENTS + " elements");
                }
                if (words) {
                    word(elements, whole, edi.getLocation());
                } else {
                    element(elements, edi.getLocation());
                }
            }
        }
        return new EdiSegment(tag, elements);
    }

    private void element(ObjectNode elements, Location at) {
        String value = value(edi.getText());
        int occurrence = at.getElementOccurrence();
        if (!value.isEmpty() || occurrence > 1) {
            put(elements, name(at.getElementPosition(), at.getComponentPosition()), value, occurrence);
        }
    }

    /** What stands in one element, its parts as they were written. */
    private void word(ObjectNode elements, StringBuilder whole, Location at) {
        String name = name(at.getElementPosition(), 0);
        boolean first = at.getElementOccurrence() <= 1 && at.getComponentPosition() < 2;
        if (first) {
            whole.setLength(0);
        } else {
            whole.append(
                    delimiter(at.getComponentPosition() < 2 ? Delimiters.REPETITION : Delimiters.COMPONENT_ELEMENT));
        }
        whole.append(value(edi.getText()));
        if (whole.length() > 0) {
            elements.put(name, whole.toString());
        }
    }

    private String delimiter(String kind) {
        return String.valueOf(edi.getDelimiters().getOrDefault(kind, ' '));
    }

    private static void put(ObjectNode elements, String name, String value, int occurrence) {
        if (occurrence <= 1) {
            elements.put(name, value);
            return;
        }
        JsonNode before = elements.get(name);
        ArrayNode all = before instanceof ArrayNode array ? array : elements.putArray(name);
        if (before != null && before.isTextual()) {
            all.add(before);
        }
        while (all.size() < occurrence - 1) {
            all.add("");
        }
        all.add(value);
    }

    private String name(int element, int component) {
        Integer known = tags.computeIfAbsent(tag, first -> tags.size());
        long key = ((long) known << 32) | ((long) element << 16) | Math.max(0, component);
        return names.computeIfAbsent(key, first -> EdiSegment.name(tag, element, component));
    }

    private static String value(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) > 0x7F) {
                return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }

    private ProblemException refused(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known;
            }
            if (cause instanceof BufferOverflowException) {
                return bad("a header or an element that does not end");
            }
        }
        if (text.ended()) {
            return new ProblemException(
                    Problem.of(FormatCode.EDI_CUT_OFF, "file", file, "segment", read, "tag", last), e);
        }
        return bad(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    private ProblemException bad(String reason) {
        return new ProblemException(
                Problem.of(FormatCode.BAD_EDI, "file", file, "segment", read + 1, "tag", tag, "reason", reason));
    }

    @Override
    public void close() {
        try {
            edi.close();
            text.close();
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }
}
