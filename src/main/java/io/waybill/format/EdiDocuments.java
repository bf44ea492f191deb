package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.EdiStandard.Wrapper;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * X12 or EDIFACT: each transaction set or message a document, with what its interchange and group say. One document is
 * held back until the next begins, so that what is wrong with the end of a group or an interchange is told with its last.
 */
final class EdiDocuments implements DocumentReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A document, and where its segments stood. */
    record Read(Document document, List<EdiTree.Place> places) {}

    /** What is between the begin and the end of an interchange or a group. */
    private static final class Level {
        private final EdiSegment begin;
        private int inside;

        Level(EdiSegment begin) {
            this.begin = begin;
        }
    }

    private final String file;
    private final Reading reading;
    private final EdiStandard standard;
    private final EdiSegments segments;
    private @Nullable Level interchange;
    private @Nullable Level group;
    private @Nullable EdiSegment header;
    private @Nullable EdiTree tree;
    private @Nullable EdiSegment ahead;
    private @Nullable Read held;
    private @Nullable ProblemException end;
    private final List<Problem> trailing = new ArrayList<>();
    private boolean begun;
    private int ordinal;
    private int elements;

    EdiDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.reading = reading;
        this.standard = EdiStandard.of(reading.format());
        this.segments = new EdiSegments(in, file, reading);
    }

    @Override
    public @Nullable Document next() {
        Read next = nextRead();
        return next == null ? null : reading.refusesCounts() ? next.document().withoutNotes() : next.document();
    }

    /** The same with what the ends after it say otherwise, which where it is refused is told once more as the end of the file. */
    @Nullable
    Read nextRead() {
        if (!begun) {
            begun = true;
            ahead();
        }
        Read first = held;
        held = null;
        if (first == null && end != null) {
            throw end;
        }
        if (first == null) {
            return null;
        }
        if (end == null) {
            ahead();
        }
        if (trailing.isEmpty()) {
            return first;
        }
        List<Problem> found = List.copyOf(trailing);
        trailing.clear();
        if (reading.refusesCounts()) {
            held = null;
            end = new ProblemException(found);
        }
        return new Read(first.document().noting(found), first.places());
    }

    /** Whether the group a document was in, of EDIFACT its interchange, has not come to its end so far. */
    boolean isWithin(JsonNode documentsGroup, JsonNode documentsInterchange) {
        return reading.format() == Format.X12 ? is(group, documentsGroup) : is(interchange, documentsInterchange);
    }

    private static boolean is(@Nullable Level level, JsonNode facts) {
        return level != null && EdiEnvelope.facts(level.begin).equals(facts);
    }

    /** Reads the next document; a file that breaks does so after the one before was handed out. */
    private void ahead() {
        try {
            held = read();
        } catch (ProblemException e) {
            end = e;
        }
    }

    private @Nullable Read read() {
        for (EdiSegment next = segment(); next != null; next = segment()) {
            Read done = take(next);
            if (done != null) {
                return done;
            }
        }
        if (interchange != null) {
            throw broken(FormatCode.EDI_CUT_OFF, "segment", "", "tag", standard.interchange.end());
        }
        return null;
    }

    private @Nullable EdiSegment segment() {
        EdiSegment first = ahead;
        ahead = null;
        return first != null ? first : segments.next();
    }

    private @Nullable Read take(EdiSegment segment) {
        if (tree != null) {
            return within(tree, segment);
        }
        between(segment);
        return null;
    }

    private @Nullable Read within(EdiTree open, EdiSegment segment) {
        String tag = segment.tag();
        if (tag.equals(standard.transaction.end())) {
            return end(open, segment);
        }
        if (wraps(tag)) {
            ahead = segment;
            return finish(
                    open,
                    List.of(problem(FormatCode.EDI_NO_TRAILER, "tag", standard.transaction.end(), "seen", tag)),
                    List.of());
        }
        open.add(counted(segment));
        if (open.depth() > reading.limits().depth()) {
            throw broken(
                    FormatCode.EDI_TOO_DEEP,
                    "tag",
                    tag,
                    "limit",
                    reading.limits().depth());
        }
        return null;
    }

    /** What opens and closes interchanges and groups, and opens transactions. */
    private void between(EdiSegment segment) {
        String tag = segment.tag();
        if (tag.equals(standard.interchange.begin())) {
            closed(interchange, standard.interchange);
            interchange = new Level(segment);
            group = null;
        } else if (interchange == null) {
            throw broken(FormatCode.EDI_NO_INTERCHANGE, "tag", tag, "legal", standard.interchange.begin());
        } else if (tag.equals(standard.group.begin())) {
            interchange.inside++;
            group = new Level(segment);
        } else if (tag.equals(standard.transaction.begin())) {
            begin(segment, group == null ? interchange : group);
        } else if (tag.equals(standard.group.end()) && group != null) {
            trailing.addAll(located(standard.group.wrong(group.begin, segment, group.inside)));
            group = null;
        } else if (tag.equals(standard.interchange.end())) {
            trailing.addAll(located(standard.interchange.wrong(interchange.begin, segment, interchange.inside)));
            interchange = null;
            group = null;
        } else {
            throw broken(FormatCode.EDI_STRAY_SEGMENT, "tag", tag);
        }
    }

    private static boolean wraps(Wrapper wrapper, String tag) {
        return tag.equals(wrapper.begin()) || tag.equals(wrapper.end());
    }

    private boolean wraps(String tag) {
        return wraps(standard.interchange, tag) || wraps(standard.group, tag) || wraps(standard.transaction, tag);
    }

    private void closed(@Nullable Level open, Wrapper wrapper) {
        if (open != null) {
            throw broken(FormatCode.EDI_CUT_OFF, "segment", "", "tag", wrapper.end());
        }
    }

    private void begin(EdiSegment segment, Level around) {
        if (ordinal >= reading.limits().rows()) {
            throw broken(FormatCode.TOO_MANY_ROWS, "limit", reading.limits().rows());
        }
        ordinal++;
        elements = 0;
        around.inside++;
        header = segment;
        ObjectNode root = EdiEnvelope.facts(segment);
        root.set("interchange", interchange == null ? NODES.objectNode() : EdiEnvelope.facts(interchange.begin));
        if (group != null) {
            root.set("group", EdiEnvelope.facts(group.begin));
        }
        tree = new EdiTree(EdiLayout.of(root.path("transaction").asText()), root);
    }

    private EdiSegment counted(EdiSegment segment) {
        elements += segment.elements().size() + 1;
        if (elements > XmlDocuments.MOST_FIELDS) {
            throw broken(FormatCode.DOCUMENT_TOO_LARGE, "row", ordinal, "limit", XmlDocuments.MOST_FIELDS);
        }
        return segment;
    }

    private Read end(EdiTree done, EdiSegment trailer) {
        EdiSegment begin = header == null ? trailer : header;
        List<Problem> counts =
                new ArrayList<>(located(standard.transaction.wrong(begin, trailer, done.segments() + 1)));
        counts.addAll(located(done.miscounted()));
        List<Problem> problems = new ArrayList<>(reading.refusesCounts() ? counts : List.of());
        done.missing().forEach(tag -> problems.add(problem(FormatCode.EDI_SEGMENT_MISSING, "tag", tag)));
        return finish(done, problems, reading.refusesCounts() ? List.of() : counts);
    }

    private Read finish(EdiTree done, List<Problem> problems, List<Problem> notes) {
        tree = null;
        Document document = new Document(ordinal, ordinal, ordinal, done.root(), List.of(), problems).noting(notes);
        return new Read(document, done.places());
    }

    private List<Problem> located(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.with("file", file).with("row", ordinal))
                .toList();
    }

    private Problem problem(Code code, Object... values) {
        return Problem.of(code, values).with("file", file).with("row", ordinal);
    }

    private ProblemException broken(Code code, Object... values) {
        return new ProblemException(problem(code, values));
    }

    @Override
    public void close() {
        segments.close();
    }
}
