package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts one document through a mapping: quickly where nothing has to be told about it, else once more with care. Whatever
 * the document holds becomes a result.
 */
final class Applying {
    private static final int LONGEST_RECORD = 200;

    private final Mapping mapping;
    private final Mapping.Compiled compiled;
    private final Document document;
    private final Scope scope;
    private final @Nullable Spared spared;

    private Applying(Mapping mapping, Document document, @Nullable Spared spared) {
        this.spared = spared;
        this.mapping = mapping;
        this.compiled = mapping.compiled();
        this.document = document;
        this.scope = Scope.of(document.tree(), document.firstRow());
    }

    /** @param trace takes how each field came about, or null */
    static Result to(Document document, Mapping mapping, @Nullable List<Explained> trace) {
        return to(document, mapping, null, trace);
    }

    /** @param spared what may be bad and is left out */
    static Result sparing(Document document, Mapping mapping, Spared spared) {
        return to(document, mapping, spared, null);
    }

    private static Result to(
            Document document, Mapping mapping, @Nullable Spared spared, @Nullable List<Explained> trace) {
        return document.problems().isEmpty()
                ? new Applying(mapping, mapping.wrapper().unwrap(document), spared).result(trace)
                : new Result.Failed(document.problems(), document.notes());
    }

    /** What the line of {@code orderId} alone reads; null where there is none, or it reads nothing good. */
    static @Nullable String number(Document document, Mapping mapping) {
        Document read = mapping.wrapper().unwrap(document);
        Run run = Run.careful(mapping, read, null);
        Spot spot = new Spot(run, Scope.of(read.tree(), read.firstRow()));
        try {
            return mapping.lines().stream()
                    .filter(line -> line.target().text().equals("orderId"))
                    .map(line -> line.value(spot))
                    .filter(Objects::nonNull)
                    .map(Values::text)
                    .filter(number -> !number.isBlank() && run.problems().isEmpty())
                    .findFirst()
                    .orElse(null);
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    /** These problems of what it writes of a document, each with what the line read that wrote it. */
    static List<Problem> sourced(List<Problem> problems, Document document, Mapping mapping) {
        if (problems.isEmpty()) {
            return problems;
        }
        Document read = mapping.wrapper().unwrap(document);
        Run run = Run.careful(mapping, read, null);
        try {
            mapping.compiled().lines().write(Scope.of(read.tree(), read.firstRow()), run);
            return problems.stream().map(run::sourced).toList();
        } catch (RuntimeException | StackOverflowError e) {
            return problems;
        }
    }

    private Result result(@Nullable List<Explained> trace) {
        Result good = trace == null && document.notes().isEmpty() ? quickly() : null;
        return good == null ? carefully(Run.careful(mapping, document, trace)) : good;
    }

    /** What becomes of a document nothing has to be told about, which is most of them; else null. */
    private @Nullable Result quickly() {
        JsonNode tree = document.tree();
        Run run = Run.quick(mapping, document);
        try {
            if (!tree.isObject() || compiled.skips().differing(scope) != null) {
                return null;
            }
            Skip skip = compiled.skips().of(scope);
            if (skip != null) {
                return skip.stops() != null ? null : new Result.Skipped(skip.reason(), null, List.of());
            }
            ObjectNode written = compiled.lines().write(scope, run);
            boolean good = !run.gaveUp()
                    && !(mapping.reads().tabular() && LostDigits.isIn(written))
                    && compiled.oneOfRows().in(scope, run).isEmpty()
                    && (compiled.unmapped().equals("off") || compiled.readSet().readsAll(tree));
            return good ? new Result.Mapped(written, document.notes()) : null;
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private Result carefully(Run run) {
        run.warnings().addAll(document.notes());
        try {
            return map(run);
        } catch (RuntimeException | StackOverflowError e) {
            run.fail(
                    "",
                    whole(),
                    MappingCode.MAPPING_FAILED,
                    "reason",
                    e.getClass().getSimpleName());
            return failed(run);
        }
    }

    private Result map(Run run) {
        JsonNode tree = document.tree();
        if (!tree.isObject()) {
            run.fail("", whole(), MappingCode.NO_OBJECT, "record", document.firstRow(), "kind", kind(tree));
            return failed(run);
        }
        OneOfRows.Differing undecided = compiled.skips().differing(scope);
        if (undecided != null) {
            tell(undecided, run);
        }
        Skip skip = skip(run);
        if (skip != null && run.problems().isEmpty()) {
            return skipped(skip, run);
        }
        ObjectNode written = compiled.lines().write(scope, run);
        checkUnread(run);
        checkRows(run);
        Set<String> unwritten = run.failed();
        compiled.target()
                .root()
                .check(written, "", (pointer, code, values) -> run.violation(written, pointer, code, values));
        lost(written).forEach((pointer, code) -> run.violation(written, pointer, code));
        return run.problems().isEmpty() || (spared != null && spared.isLeft(written, run, unwritten))
                ? new Result.Mapped(written, List.copyOf(spared == null ? run.warnings() : run.problems()))
                : new Result.Failed(
                        List.copyOf(run.problems()),
                        number(written, run),
                        run.hasFailed("/namespace")
                                ? null
                                : written.path("namespace").asText(""),
                        written,
                        List.copyOf(run.warnings()));
    }

    private static Result failed(Run run) {
        return new Result.Failed(List.copyOf(run.problems()), List.copyOf(run.warnings()));
    }

    /** As it was written, unless that is what is wrong. */
    private static @Nullable String number(JsonNode written, Run run) {
        String number = written.path("orderId").asText("");
        return number.isBlank() || run.hasFailed("/orderId") ? null : number;
    }

    private @Nullable Skip skip(Run run) {
        try {
            return compiled.skips().of(scope);
        } catch (Unanswered e) {
            Run.Origin origin = new Run.Origin(1, document.firstRow(), e.path(), "", false);
            run.fail("", origin, e.code(), e.values());
            return null;
        }
    }

    /** Of an order that is called off or waits only its number matters: the rest may be as empty as it likes. */
    private Result skipped(Skip skip, Run run) {
        List<Problem> warnings = List.copyOf(run.warnings());
        Stop stops = skip.stops();
        if (stops == null) {
            return new Result.Skipped(skip.reason(), null, warnings);
        }
        ObjectNode written = compiled.lines().write(scope, run);
        return written.path("orderId").asText("").isBlank()
                ? failed(run)
                : new Result.Skipped(
                        skip.reason(), new Result.Stopped(written.retain("orderId", "namespace"), stops), warnings);
    }

    /** Only of tables: elsewhere nobody's spreadsheet stood between. */
    private Map<String, MappingCode> lost(JsonNode written) {
        return mapping.reads().tabular() ? LostDigits.in(written) : Map.of();
    }

    private void checkUnread(Run run) {
        if (compiled.unmapped().equals("off")) {
            return;
        }
        for (String path : compiled.readSet().unread(document.tree())) {
            Run.Origin origin = new Run.Origin(1, document.firstRow(), path, "", true);
            String pointed = mapping.reads().tabular() ? "" : PointedKey.source(document.tree(), path);
            Object[] values = {"unread", told(path), "near", pointed};
            run.unread("", origin, MappingCode.UNMAPPED_SOURCE_FIELD, values);
        }
    }

    /** Of a whole line of a file of lines its fields, as a mapping reads them. */
    private String told(String path) {
        if (!mapping.reads().format().lines()) {
            return path;
        }
        JsonNode at = document.tree();
        for (String name : path.split("\\.", -1)) {
            JsonNode one = at.isArray() ? at.path(0) : at;
            at = one.path(name);
        }
        List<String> fields = new ArrayList<>();
        (at.isArray() ? at.path(0) : at).fieldNames().forEachRemaining(name -> fields.add(path + "." + name));
        return fields.isEmpty() ? path : Shortened.openly(LONGEST_RECORD, String.join(", ", fields));
    }

    /** Rows of one document that are perhaps two: never silently the first one's. */
    private void checkRows(Run run) {
        compiled.oneOfRows().in(scope, Run.quick(mapping, document)).forEach(differing -> tell(differing, run));
    }

    private void tell(OneOfRows.Differing by, Run run) {
        String first = Values.text(document.tree().path(by.column()));
        String other = Values.text(document.tree().path("rows").path(by.row()).path(by.column()));
        Run.Origin origin = new Run.Origin(by.line(), row(by.row()), by.column(), other, by.personal());
        Object[] values = {
            "first", by.personal() ? Masked.text(first) : Masked.brief(first), "firstRow", document.firstRow()
        };
        run.unread(by.pointer(), origin, MappingCode.ROWS_DIFFER, values);
    }

    private static String kind(JsonNode tree) {
        return tree.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private long row(int index) {
        return index < document.rows().size() ? document.rows().get(index).number() : document.firstRow() + index;
    }

    private Run.Origin whole() {
        return new Run.Origin(1, document.firstRow(), "", "", false);
    }
}
