package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One mapping, compiled. Immutable, and safe for many threads. */
public final class Mapping {
    private final Compiled compiled;

    /** Everything the mapping file says. */
    record Compiled(
            String name,
            int version,
            int versionLine,
            String sha256,
            String text,
            String file,
            Path folder,
            Reading reads,
            @Nullable Reading output,
            @Nullable String unwrap,
            Target target,
            List<Skip> skips,
            Lines lines,
            ReadSet readSet,
            List<LookupFile> tables,
            String unmapped,
            List<NeededColumn> needed,
            List<Sample> samples) {}

    Mapping(Compiled compiled) {
        this.compiled = compiled;
    }

    public String name() {
        return compiled.name();
    }

    public int version() {
        return compiled.version();
    }

    /** SHA-256 of the mapping file, in hex. Its lookups are data: they change without it. */
    public String sha256() {
        return compiled.sha256();
    }

    /** The mapping file as it stands. */
    public String text() {
        return compiled.text();
    }

    /** The name of what it writes: {@code order/1}, {@code free}. */
    public String writes() {
        return compiled.target().name();
    }

    /** What is wrong with its lookups as their files stand; they are used as they were. */
    public List<Problem> problems() {
        return compiled.tables().stream()
                .flatMap(table -> table.problems().stream())
                .toList();
    }

    public Reading reads() {
        return compiled.reads();
    }

    /** The same for a file of this name: a sheet saved as {@code .csv} or {@code .tsv} is read as that. */
    public Reading reads(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (!reads().format().sheet()) {
            return reads();
        }
        return name.endsWith(".csv")
                ? reads().as(Format.CSV)
                : name.endsWith(".tsv") ? reads().as(Format.TSV) : reads();
    }

    /**
     * What it wrote, as the file {@code output} names.
     *
     * @throws ProblemException {@code MISSING_KEY} without one, and when a value does not fit its place
     */
    public byte[] file(List<? extends JsonNode> trees) {
        Reading output = compiled.output();
        if (output == null) {
            throw new ProblemException(Problem.of(MappingCode.MISSING_KEY, "key", "output", "file", file(), "line", 1));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(output, trees, out);
        return out.toByteArray();
    }

    /**
     * Opens a file as this mapping reads it; the reader closes the stream.
     *
     * @throws ProblemException when the file cannot be read, or its header lacks a column the mapping needs, or has one
     *     nobody reads under {@code unmapped: error}
     */
    public DocumentReader open(InputStream in, String fileName) {
        DocumentReader reader = Formats.open(in, fileName, reads(fileName));
        List<Problem> problems = reader.columns().isEmpty() ? List.of() : check(reader.columns(), fileName);
        if (!problems.isEmpty()) {
            reader.close();
            throw new ProblemException(problems);
        }
        return reader;
    }

    /** Maps one document. Never throws for what the document holds: all that is wrong with it is in the result. */
    public Result apply(Document document) {
        return run(document, null);
    }

    /** The same by the long way, which notes where each value comes from. */
    Result withCare(Document document) {
        return run(document, new ArrayList<>());
    }

    /** How each target field of this document came about, in the order of the mapping. */
    public List<Explained> explain(Document document) {
        List<Explained> trace = new ArrayList<>();
        run(document, trace);
        return trace;
    }

    /** Which source fields and target fields these documents fill. */
    public Coverage coverage(Iterable<Document> documents) {
        CoverageCount count = new CoverageCount(this);
        documents.forEach(count::add);
        return count.coverage();
    }

    /** The same over a whole file. */
    public Coverage coverage(DocumentReader documents) {
        CoverageCount count = new CoverageCount(this);
        for (Document next = documents.next(); next != null; next = documents.next()) {
            count.add(next);
        }
        return count.coverage();
    }

    private Result run(Document document, @Nullable List<Explained> trace) {
        if (!document.problems().isEmpty()) {
            return new Result.Failed(document.problems());
        }
        Document unwrapped = unwrapped(document);
        Result good = trace == null && document.notes().isEmpty() ? quickly(unwrapped) : null;
        if (good != null) {
            return good;
        }
        Run run = Run.careful(this, unwrapped, trace);
        run.warnings().addAll(document.notes());
        return carefully(unwrapped, run);
    }

    /** What becomes of a document nothing has to be told about, which is most of them; else null. */
    private @Nullable Result quickly(Document document) {
        JsonNode tree = document.tree();
        Run run = Run.quick(this, document);
        Scope scope = Scope.of(tree, document.firstRow());
        try {
            Skip skip = tree.isObject() ? skip(scope) : null;
            if (skip != null) {
                return skip.cancels() ? null : new Result.Skipped(skip.reason(), null);
            }
            ObjectNode written = compiled.lines().write(scope, run);
            boolean good = tree.isObject()
                    && !run.gaveUp()
                    && (compiled.unmapped().equals("off") || compiled.readSet().readsAll(tree));
            return good ? new Result.Mapped(written, document.notes()) : null;
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private Result carefully(Document document, Run run) {
        try {
            return map(document.tree(), run);
        } catch (RuntimeException | StackOverflowError e) {
            run.fail(
                    "",
                    new Run.Origin(1, document.firstRow(), "", "", false),
                    MappingCode.MAPPING_FAILED,
                    "reason",
                    e.getClass().getSimpleName());
            return new Result.Failed(run.problems());
        }
    }

    private @Nullable Skip skip(Scope scope) {
        for (Skip skip : compiled.skips()) {
            if (skip.when().holds(scope)) {
                return skip;
            }
        }
        return null;
    }

    /** Of an order that is called off only its number matters: the rest may be as empty as it likes. */
    private Result skipped(Skip skip, Scope scope, Run run) {
        if (!skip.cancels()) {
            return new Result.Skipped(skip.reason(), null);
        }
        ObjectNode written = compiled.lines().write(scope, run);
        return written.path("orderId").asText("").isBlank()
                ? new Result.Failed(List.copyOf(run.problems()))
                : new Result.Skipped(skip.reason(), written.retain("orderId", "namespace"));
    }

    private Result map(JsonNode tree, Run run) {
        Scope scope = Scope.of(tree, run.document.firstRow());
        if (!tree.isObject()) {
            run.fail("", new Run.Origin(1, scope.row(), "", "", false), MappingCode.WRONG_TYPE, "legal", "object");
            return new Result.Failed(run.problems());
        }
        Skip skip = skip(scope);
        if (skip != null) {
            return skipped(skip, scope, run);
        }
        ObjectNode written = compiled.lines().write(scope, run);
        checkUnread(tree, run, scope.row());
        compiled.target()
                .root()
                .check(written, "", (pointer, code, values) -> run.violation(written, pointer, code, values));
        return run.problems().isEmpty()
                ? new Result.Mapped(written, List.copyOf(run.warnings()))
                : new Result.Failed(List.copyOf(run.problems()));
    }

    private void checkUnread(JsonNode tree, Run run, long row) {
        if (compiled.unmapped().equals("off")) {
            return;
        }
        for (String path : compiled.readSet().unread(tree)) {
            Run.Origin origin = new Run.Origin(1, row, path, "", true);
            if (compiled.unmapped().equals("error")) {
                run.fail("", origin, MappingCode.UNMAPPED_SOURCE_FIELD, "unread", path);
            } else {
                run.warn("", origin, MappingCode.UNMAPPED_SOURCE_FIELD, "unread", path);
            }
        }
    }

    /** What is wrong with a header: columns this mapping needs and does not find, columns nobody reads under {@code unmapped: error}. */
    public List<Problem> check(List<String> columns, String fileName) {
        return new HeaderCheck(this, columns, fileName).problems();
    }

    List<NeededColumn> needed() {
        return compiled.needed();
    }

    /** Whether a source field that no line reads is an error. */
    public boolean refusesUnread() {
        return compiled.unmapped().equals("error");
    }

    /** Some systems send {@code {"order": {...}}} on one channel and the order alone on another. */
    JsonNode source(JsonNode tree) {
        return wrapped(tree) ? tree.path(compiled.unwrap()) : tree;
    }

    private boolean wrapped(JsonNode tree) {
        String wrapper = compiled.unwrap();
        return wrapper != null && tree.size() == 1 && tree.path(wrapper).isObject();
    }

    private Document unwrapped(Document document) {
        return wrapped(document.tree()) ? document.withTree(source(document.tree())) : document;
    }

    /** The line a target field without a value would have come from. */
    Run.Origin origin(String pointer, long row) {
        String path = pointer.replaceAll("/\\d+", "");
        return lines().stream()
                .filter(line -> path.equals(line.target().pointer().replaceAll("/\\d+", "")))
                .findFirst()
                .map(line -> new Run.Origin(line.line(), row, "", "", false))
                .orElseGet(() -> new Run.Origin(1, row, "", "", false));
    }

    String file() {
        return compiled.file();
    }

    int versionLine() {
        return compiled.versionLine();
    }

    Path folder() {
        return compiled.folder();
    }

    List<Sample> samples() {
        return compiled.samples();
    }

    List<Line> lines() {
        return compiled.lines().all();
    }

    ReadSet readSet() {
        return compiled.readSet();
    }

    @Override
    public String toString() {
        return name() + " v" + version();
    }
}
