package io.waybill.batch;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.LineFile;
import io.waybill.format.Reading;
import io.waybill.format.Row;
import io.waybill.format.TableOutput;
import io.waybill.format.XmlOutput;
import io.waybill.ledger.OutcomeBook.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bad documents of a file and only these, as they came, each with its reason under {@value #REASON}, which readers
 * pass over: correct it and drop it straight back.
 */
final class Quarantine {
    static final String REASON = "waybill_reason";

    private static final Pattern MARK = Pattern.compile("\\[(rej_[0-9A-Z]{20,30})] ");

    private final Reading reading;
    private final Locale language;

    Quarantine(Feed feed) {
        this.reading = feed.reading();
        this.language = feed.language();
    }

    String extension() {
        return "." + reading.format().ending();
    }

    /** Reads the file again beside its outcomes and writes the bad ones. */
    void write(Path path, Path file, String name, Outcomes outcomes) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DocumentReader reader = Formats.open(in, name, reading)) {
            NewFile.write(path, out -> {
                switch (reading.format()) {
                    case CSV, TSV, XLSX, XLS -> rows(reader, outcomes, out);
                    case NDJSON -> lines(reader, outcomes, out);
                    case XML -> elements(reader, outcomes, out);
                    case X12, EDIFACT -> interchanges(reader, outcomes, out);
                    case JSON, ROW -> array(reader, outcomes, out);
                    case FIXED, IDOC_FLAT -> copied(reader, new Copied(file, name), outcomes, out);
                }
            });
        }
        Respelling.of(reading).respell(path);
    }

    /** The rejection a document was handed back with, as its reason begins; null for one that never was, or was retyped. */
    static @Nullable String answers(Document document) {
        String inTree = document.tree().path(REASON).asText("");
        return Stream.concat(document.rows().stream().map(Row::reason), Stream.of(inTree))
                .map(MARK::matcher)
                .filter(Matcher::lookingAt)
                .map(mark -> mark.group(1))
                .findFirst()
                .orElse(null);
    }

    /** A document without the reason it was handed back with. */
    static Document withoutReason(Document document) {
        if (!(document.tree() instanceof ObjectNode tree) || !tree.has(REASON)) {
            return document;
        }
        ObjectNode plain = tree.deepCopy();
        plain.remove(REASON);
        return document.withTree(plain);
    }

    private void rows(DocumentReader reader, Outcomes outcomes, OutputStream out) throws IOException {
        List<String> columns = new ArrayList<>(reader.columns());
        columns.add(REASON);
        try (TableOutput table = Formats.table(out, reading, columns)) {
            eachBad(
                    reader,
                    outcomes,
                    (bad, reason) ->
                            bad.rows().forEach(row -> table.row(cells(row, columns.size() - 1, reason), row.values())));
        }
    }

    /** The reason stands under its column also where the row is too short or too long. */
    private static List<String> cells(Row row, int width, String reason) {
        List<String> cells = new ArrayList<>(row.cells());
        while (cells.size() < width) {
            cells.add("");
        }
        cells.add(width, reason);
        return cells;
    }

    private void lines(DocumentReader reader, Outcomes outcomes, OutputStream out) throws IOException {
        eachBad(reader, outcomes, (bad, reason) -> {
            if (bad.tree().isObject()) {
                Formats.write(Format.NDJSON, explained(bad, reason), out);
            } else {
                Formats.line(bad.rows().get(0), reason, out);
            }
        });
    }

    private void elements(DocumentReader reader, Outcomes outcomes, OutputStream out) throws IOException {
        List<String> path = reading.records().isEmpty() ? List.of("document") : reading.records();
        try (XmlOutput xml = Formats.xml(out, path)) {
            eachBad(reader, outcomes, (bad, reason) -> xml.document(explained(bad, reason)));
        }
    }

    /** The file once more, for its lines as they stand. */
    private record Copied(Path file, String name) {}

    private void copied(DocumentReader reader, Copied copied, Outcomes outcomes, OutputStream out) throws IOException {
        try (LineFile lines = new LineFile(Files.newInputStream(copied.file()), copied.name(), reading)) {
            eachBad(reader, outcomes, (bad, reason) -> lines.copy(bad, reason, out));
        }
    }

    /** They have no place for a reason; it stands in the receipt. UNB says what EDIFACT is in, unless the mapping does. */
    private void interchanges(DocumentReader reader, Outcomes outcomes, OutputStream out) throws IOException {
        Charset charset = reading.charset() == null ? null : StandardCharsets.UTF_8;
        Reading as = Reading.of(reading.format()).withCharset(charset);
        eachBad(reader, outcomes, (bad, reason) -> Formats.write(as, List.of(bad.tree()), out));
    }

    private void array(DocumentReader reader, Outcomes outcomes, OutputStream out) throws IOException {
        for (String name : reading.records()) {
            text(out, "{\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name)) + "\":");
        }
        text(out, "[");
        AtomicBoolean first = new AtomicBoolean(true);
        eachBad(reader, outcomes, (bad, reason) -> {
            text(out, first.getAndSet(false) ? "\n" : ",\n");
            Formats.write(Format.JSON, explained(bad, reason), out);
        });
        text(out, "\n]" + "}".repeat(reading.records().size()) + "\n");
    }

    /** What is done with one that is bad. */
    private interface Writing {
        void write(Document bad, String reason) throws IOException;
    }

    private void eachBad(DocumentReader reader, Outcomes outcomes, Writing writing) throws IOException {
        BesideRow beside = new BesideRow(reader.columns(), language);
        for (Document next = reader.next(); next != null; next = reader.next()) {
            String reason = reason(next, outcomes, beside);
            if (reason != null) {
                writing.write(next, reason);
            }
        }
    }

    private static @Nullable String reason(Document document, Outcomes outcomes, BesideRow beside) {
        Outcome outcome = outcomes.of(document);
        if (outcome == null || !Outcomes.result(outcome).bad()) {
            return null;
        }
        String message = beside.told(outcomes.told(outcome).problems(), document.firstRow() < document.lastRow());
        String words = message.isEmpty() ? String.valueOf(outcome.code()) : message;
        return outcome.rejection() == null ? words : "[" + outcome.rejection() + "] " + words;
    }

    private static JsonNode explained(Document document, String reason) {
        return document.tree() instanceof ObjectNode tree ? tree.deepCopy().put(REASON, reason) : document.tree();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
