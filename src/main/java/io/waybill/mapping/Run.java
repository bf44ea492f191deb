package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One document under one mapping: its problems, and where each written value came from. */
final class Run {
    /** More problems than this in one document help nobody. */
    private static final int MOST_PROBLEMS = 100;

    /** Where a written value came from. */
    record Origin(int line, long row, String source, String raw, boolean personal) {}

    private final Mapping mapping;
    final Document document;
    private final @Nullable List<Explained> trace;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, Long> elementRows = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private @Nullable Map<Lookup, Map<String, JsonNode>> tables;

    Run(Mapping mapping, Document document, @Nullable List<Explained> trace) {
        this.mapping = mapping;
        this.document = document;
        this.trace = trace;
    }

    List<Problem> problems() {
        return problems;
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

    void wrote(String pointer, Origin origin) {
        origins.put(pointer, origin);
    }

    void element(String pointer, long row) {
        elementRows.put(pointer, row);
    }

    /** The row of one element of a list: its own where rows are elements, else the row around it. */
    @SuppressWarnings("ReferenceEquality") // that very list: an equal one may stand deeper in the document
    long rowOf(JsonNode list, int index, Scope around) {
        boolean rows = around.here() == document.tree()
                && document.tree().path("rows") == list
                && document.rows().size() == list.size();
        return rows ? document.rows().get(index).number() : around.row();
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
        failed.add(pointer);
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem(pointer, origin, code, namesAndValues));
        }
    }

    void warn(String pointer, Origin origin, MappingCode code, Object... namesAndValues) {
        if (warnings.size() < MOST_PROBLEMS) {
            warnings.add(problem(pointer, origin, code, namesAndValues));
        }
    }

    /** A rule of the target is broken by the tree as a whole. A field that failed already is not reported again. */
    void violation(JsonNode tree, String pointer, MappingCode code, Object... namesAndValues) {
        if (failed.contains(pointer)) {
            return;
        }
        Origin known = origins.get(pointer);
        String above = pointer;
        while (known == null && above.lastIndexOf('/') > 0) {
            above = above.substring(0, above.lastIndexOf('/'));
            known = origins.get(above);
        }
        Origin origin = known != null ? known : mapping.origin(pointer, row(pointer));
        JsonNode value = tree.at(pointer);
        String raw = origin.raw().isEmpty() && !value.isMissingNode() ? Values.text(value) : origin.raw();
        Origin shown = new Origin(origin.line(), origin.row(), origin.source(), raw, origin.personal());
        fail(pointer, shown, code, namesAndValues);
    }

    private long row(String pointer) {
        String above = pointer;
        while (above.lastIndexOf('/') > 0) {
            above = above.substring(0, above.lastIndexOf('/'));
            Long row = elementRows.get(above);
            if (row != null) {
                return row;
            }
        }
        return document.firstRow();
    }

    private Problem problem(String pointer, Origin origin, MappingCode code, Object... namesAndValues) {
        Problem problem = Problem.of(code, namesAndValues)
                .at(pointer)
                .with("mapping", mapping.name())
                .with("version", mapping.version())
                .with("file", mapping.file())
                .with("line", origin.line())
                .with("field", field(pointer))
                .with("row", origin.row())
                .with("value", origin.personal() ? Masked.text(origin.raw()) : Masked.brief(origin.raw()));
        return origin.source().isEmpty() ? problem : problem.with("source", origin.source());
    }

    private static String field(String pointer) {
        return pointer.isEmpty()
                ? ""
                : pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    }
}
