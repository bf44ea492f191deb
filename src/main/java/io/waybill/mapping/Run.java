package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One document under one mapping, and what is wrong with it. A quick one notes nothing and gives up at the first
 * thing it would have to tell; what it gave up is run again with care.
 */
final class Run {
    /** More problems than this in one document help nobody. */
    static final int MOST_PROBLEMS = 100;

    private static final String SOURCE = "source";

    /**
     * Where a written value came from.
     *
     * @param source as the mapping names it in this place
     */
    record Origin(
            int line, long row, String source, @Nullable Place place, String raw, boolean personal) {
        Origin(int line, long row, String source, String raw, boolean personal) {
            this(line, row, source, null, raw, personal);
        }
    }

    private final Mapping mapping;
    final Document document;
    private final boolean quick;
    private final @Nullable List<Explained> trace;
    private final List<Problem> problems;
    private final List<Problem> warnings;
    private final Origins origins;
    private final Set<String> failed;
    private @Nullable Map<Lookup, Map<String, JsonNode>> tables;
    private boolean gaveUp;

    private Run(Mapping mapping, Document document, boolean quick, @Nullable List<Explained> trace) {
        this.mapping = mapping;
        this.document = document;
        this.quick = quick;
        this.trace = trace;
        this.problems = quick ? List.of() : new ArrayList<>();
        this.warnings = quick ? List.of() : new ArrayList<>();
        this.origins = new Origins(mapping, document, quick);
        this.failed = quick ? Set.of() : new HashSet<>();
    }

    static Run quick(Mapping mapping, Document document) {
        return new Run(mapping, document, true, null);
    }

    /** @param trace takes how each field came about, or null */
    static Run careful(Mapping mapping, Document document, @Nullable List<Explained> trace) {
        return new Run(mapping, document, false, trace);
    }

    /** A quick run ends here: true. A careful one goes on: false. */
    boolean giveUp() {
        gaveUp = quick;
        return quick;
    }

    /** It must see itself that the target's rules hold; after a careful run the whole tree is checked. */
    boolean isQuick() {
        return quick;
    }

    boolean gaveUp() {
        return gaveUp;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Whether something is wrong with what stands at this pointer itself. */
    boolean hasFailed(String pointer) {
        return failed.contains(pointer);
    }

    /** Where something is wrong. */
    Set<String> failed() {
        return Set.copyOf(failed);
    }

    List<Problem> warnings() {
        return warnings;
    }

    /** The table of a lookup as this document met it first. */
    Map<String, JsonNode> table(Lookup lookup) {
        if (tables == null) {
            tables = new IdentityHashMap<>(2);
        }
        return tables.computeIfAbsent(lookup, first -> first.values().get());
    }

    void wrote(Spot spot) {
        origins.wrote(spot);
    }

    void element(Place place) {
        if (!quick) {
            origins.element(place);
        }
    }

    /** Of a numbered list, which of the elements its lines number are left in it. */
    void kept(String list, int[] numbers) {
        origins.kept(list, numbers);
    }

    /** Whether each element of this list is a row of the file, and not something in a row. */
    @SuppressWarnings("ReferenceEquality") // that very list: an equal one may stand deeper in the document
    boolean areRows(JsonNode list, Scope around) {
        return around.here() == document.tree()
                && document.rows().size() == list.size()
                && document.tree().path("rows") == list;
    }

    boolean tracing() {
        return trace != null;
    }

    void explain(Explained explained) {
        if (trace != null) {
            trace.add(explained);
        }
    }

    void fail(String pointer, Origin origin, MappingCode code, Object... namesAndValues) {
        if (giveUp()) {
            return;
        }
        failed.add(pointer);
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem(pointer, origin, code, namesAndValues));
        }
    }

    void warn(String pointer, Origin origin, MappingCode code, Object... namesAndValues) {
        if (!giveUp() && warnings.size() < MOST_PROBLEMS) {
            warnings.add(problem(pointer, origin, code, namesAndValues));
        }
    }

    /** What no line takes: an error under {@code unmapped: error}, else a warning. */
    void unread(String pointer, Origin origin, MappingCode code, Object... namesAndValues) {
        if (mapping.refusesUnread()) {
            fail(pointer, origin, code, namesAndValues);
        } else {
            warn(pointer, origin, code, namesAndValues);
        }
    }

    /** A rule of the target is broken by the tree as a whole. A field that failed already is not reported again. */
    void violation(JsonNode tree, String below, MappingCode code, Object... namesAndValues) {
        String pointer = origins.asMapped(below);
        if (failed.contains(pointer)) {
            return;
        }
        Origin origin = origins.around(pointer);
        JsonNode value = tree.at(below);
        String raw = origin.raw().isEmpty() && !value.isMissingNode() ? Values.text(value) : origin.raw();
        boolean personal = origin.personal() || Masked.personal(List.of(pointer.split("/")));
        Origin shown = new Origin(origin.line(), origin.row(), origin.source(), origin.place(), raw, personal);
        fail(pointer, shown, code, SourcePath.beside(value, origin.source(), namesAndValues));
    }

    /** The same problem of what was written, with the row, and what was read, for what stands at its pointer, or around it; unchanged for nothing. */
    Problem sourced(Problem problem) {
        String pointer = problem.pointer();
        if (pointer == null || !pointer.startsWith("/") || problem.values().containsKey(SOURCE)) {
            return problem;
        }
        String mapped = origins.asMapped(pointer);
        String read = origins.read(mapped);
        return read.isEmpty()
                ? problem
                : problem.with("mapping", mapping.name()).with(SOURCE, read).with("row", origins.row(mapped));
    }

    private Problem problem(String pointer, Origin origin, MappingCode code, Object... namesAndValues) {
        Problem problem = Problem.of(code, namesAndValues)
                .at(pointer)
                .with("mapping", mapping.name())
                .with("version", mapping.version())
                .with("file", mapping.file())
                .with("line", origin.line())
                .with("field", Pointers.field(pointer))
                .with("row", origin.row())
                .with("value", origin.personal() ? Masked.text(origin.raw()) : Masked.brief(origin.raw()));
        String source = Place.source(origin.place(), origin.source());
        return source.isEmpty() ? problem : problem.with(SOURCE, source);
    }
}
