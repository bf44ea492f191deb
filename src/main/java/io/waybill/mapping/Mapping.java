package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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
            Wrapper wrapper,
            Target target,
            Skips skips,
            Lines lines,
            ReadSet readSet,
            OneOfRows oneOfRows,
            List<LookupFile> tables,
            String unmapped,
            List<NeededColumn> needed,
            List<Sample> samples) {}

    Mapping(Compiled compiled) {
        this.compiled = compiled;
    }

    Compiled compiled() {
        return compiled;
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

    /** The file its trees become, or null. */
    public @Nullable Reading output() {
        return compiled.output();
    }

    /**
     * The columns of a table of what it writes, whether a document fills them or not, in the order of its lines. Empty where
     * {@code rows} comes from elsewhere than from lines of its own.
     */
    public List<String> columns() {
        return compiled.lines().columns();
    }

    /** What it may write at the top, by name, each with its text where that is always the same, else an empty one. */
    public Map<String, String> members() {
        return compiled.lines().members();
    }

    /** Whether a line reads this field of the document, or a part of it. */
    public boolean readsField(String name) {
        return readByLines(line -> true).readsColumn(name);
    }

    /**
     * The fields that its lines name right below one of the document, or of each of its elements.
     *
     * @param field empty for those of the document itself
     */
    public Set<String> readsBelow(String field) {
        return readByLines(line -> true).below(field);
    }

    /** Whether the line that writes this at the top reads one of these fields of the document. */
    public boolean reads(String target, List<String> names) {
        ReadSet reads = readByLines(line -> line.target().text().equals(target));
        return names.stream().anyMatch(reads::readsColumn);
    }

    /** What these lines read, and nothing that is ignored. */
    private ReadSet readByLines(Predicate<Line> which) {
        ReadSet reads = new ReadSet(compiled.readSet().grouped());
        lines().stream().filter(which).forEach(line -> line.tellReads(List.of(), reads));
        return reads;
    }

    /** What is wrong with its lookups as their files stand; they are used as they were. */
    public List<Problem> problems() {
        return compiled.tables().stream()
                .flatMap(table -> table.problems().stream())
                .toList();
    }

    /** @param nanos by what clock its lookups are looked at, as {@link System#nanoTime} counts it */
    void lookBy(LongSupplier nanos) {
        compiled.tables().forEach(table -> table.lookBy(nanos));
    }

    void lookAtLookups() {
        compiled.tables().forEach(LookupFile::lookIfDue);
    }

    public Reading reads() {
        return compiled.reads();
    }

    /** The words of the formats that can be read in the place of its own: rows that it groups must be there. */
    public List<String> formats() {
        return Arrays.stream(Format.values())
                .filter(other -> other == reads().format()
                        || reads().groupBy().isEmpty()
                        || !reads().as(other).groupBy().isEmpty())
                .map(Format::word)
                .toList();
    }

    /** The same for a file of this name: a sheet saved as {@code .csv} or {@code .tsv} is read as that. */
    public Reading reads(String fileName) {
        return reads().savedAs(fileName).map(reads()::as).orElse(reads());
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
        Formats.write(output, columns(), trees, out);
        return out.toByteArray();
    }

    /**
     * Opens a file as this mapping reads it; the reader closes the stream.
     *
     * @throws ProblemException when the file cannot be read, or its header lacks a column the mapping needs, or has one
     *     nobody reads under {@code unmapped: error}
     */
    public DocumentReader open(InputStream in, String fileName) {
        try {
            return checked(Formats.open(in, fileName, reads(fileName)), fileName);
        } catch (ProblemException e) {
            throw HeaderCheck.better(e, this, fileName);
        }
    }

    /** The same of a file on disk, as a source takes it: what belongs together and stands apart is bad in every place it stands. */
    public DocumentReader open(Path file, String fileName) throws IOException {
        try {
            return checked(Formats.open(file, fileName, reads(fileName)), fileName);
        } catch (ProblemException e) {
            throw HeaderCheck.better(e, this, fileName);
        }
    }

    private DocumentReader checked(DocumentReader reader, String fileName) {
        List<Problem> problems = reader.columns().isEmpty() ? List.of() : check(reader.columns(), fileName);
        if (!problems.isEmpty()) {
            reader.close();
            throw new ProblemException(problems);
        }
        return reader;
    }

    /** Maps one document. Never throws for what the document holds: all that is wrong with it is in the result. */
    public Result apply(Document document) {
        return Applying.to(document, this, null);
    }

    /**
     * The same where one bad element of this list, of what is written, shall not cost the others: it is left out, and what is wrong
     * with it, and nothing else, is a warning. When none is left, or anything else is wrong, it fails. These parts shall not cost the
     * rest either: one with anything bad in it is left out whole.
     *
     * @param list or empty for none
     * @param parts at the top, {@code total}, or below, {@code label/status}; with {@code *} for the
     *     number of an element, of every one, where it stays as it was written
     */
    public Result apply(Document document, String list, Set<String> parts) {
        return Applying.sparing(document, this, new Spared(list, parts));
    }

    /**
     * What others found wrong with what it wrote of this document, each problem with what was read for it as {@code source}, as its
     * own problems have that; one that says it already, or of what nothing was read for, stays as it is.
     */
    public List<Problem> sourced(List<Problem> problems, Document document) {
        return Applying.sourced(problems, document, this);
    }

    /** How each target field of this document came about, in the order of the mapping. */
    public List<Explained> explain(Document document) {
        List<Explained> trace = new ArrayList<>();
        Applying.to(document, this, trace);
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

    /** What is wrong with a header: columns this mapping needs and does not find, columns nobody reads under {@code unmapped: error}. */
    public List<Problem> check(List<String> columns, String fileName) {
        return new HeaderCheck(this, columns, fileName).problems();
    }

    /** The columns of a header that no line reads and that are not ignored, whether that is an error or not. */
    public List<String> unread(List<String> columns) {
        return columns.stream().filter(column -> !readSet().readsColumn(column)).toList();
    }

    /** The order's number of a document that is none of ours, where it can be read; else null. */
    public @Nullable String number(Document document) {
        return Applying.number(document, this);
    }

    /** {@link #check} of the columns that a row of a query has, by column; nothing of what reads no rows. */
    public List<Problem> unfit(List<String> columns) {
        return reads().tabular() ? new HeaderCheck(this, columns, "").byColumn() : List.of();
    }

    List<NeededColumn> needed() {
        return compiled.needed();
    }

    /** Whether a source field that no line reads is an error. */
    public boolean refusesUnread() {
        return compiled.unmapped().equals("error");
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

    Wrapper wrapper() {
        return compiled.wrapper();
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
