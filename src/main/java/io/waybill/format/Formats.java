package io.waybill.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens files as streams of documents and writes trees as files. Knows formats, not what they mean. */
public final class Formats {
    private static final ObjectMapper JSON = JsonTrees.mapper(Limits.DEFAULT);

    private Formats() {}

    /**
     * A reader over the stream, which it closes; a stream packed by gzip is unpacked. The name is used in problems only. Of
     * rows that belong together and do not stand together, the first ones are not known to be bad: {@link #open(Path, String, Reading)}
     * knows.
     *
     * @throws ProblemException when the file has no beginning: empty, no header, undecodable header
     */
    public static DocumentReader open(InputStream packed, String fileName, Reading reading) {
        return open(packed, fileName, reading, new SeenKeys());
    }

    /**
     * A reader over a file. Where rows are gathered it is read twice: what belongs together and does not stand together is bad
     * in every place it stands.
     *
     * @throws ProblemException when the file has no beginning
     */
    public static DocumentReader open(Path file, String fileName, Reading reading) throws IOException {
        SeenKeys scattered = scattered(file, fileName, reading);
        InputStream packed = Files.newInputStream(file);
        try {
            return open(packed, fileName, reading, scattered);
        } catch (RuntimeException e) {
            packed.close();
            throw e;
        }
    }

    private static SeenKeys scattered(Path file, String fileName, Reading reading) throws IOException {
        if (!reading.tabular() || reading.groupBy().isEmpty()) {
            return new SeenKeys();
        }
        try (InputStream packed = Files.newInputStream(file);
                DocumentReader reader = open(packed, fileName, reading)) {
            return reader instanceof TableDocuments table ? table.findScattered() : new SeenKeys();
        } catch (ProblemException toldByTheReader) {
            return new SeenKeys();
        }
    }

    private static DocumentReader open(InputStream packed, String fileName, Reading reading, SeenKeys scattered) {
        InputStream in = text(unpacked(packed, fileName, reading.limits()), fileName, reading);
        return switch (reading.format()) {
            case CSV, TSV -> TableDocuments.over(new CsvRows(in, fileName, reading), fileName, reading, scattered);
            case XLSX, XLS -> TableDocuments.over(Workbooks.open(in, fileName, reading), fileName, reading, scattered);
            case JSON, ROW -> new JsonDocuments(in, fileName, reading);
            case NDJSON -> new NdjsonDocuments(in, fileName, reading);
            case XML -> new XmlDocuments(in, fileName, reading);
            case FIXED -> fixed(in, fileName, reading, scattered);
            case IDOC_FLAT -> new IdocDocuments(in, fileName, reading);
            case X12, EDIFACT -> new EdiDocuments(in, fileName, reading);
        };
    }

    private static DocumentReader fixed(InputStream in, String fileName, Reading reading, SeenKeys scattered) {
        reading.fixed().requireLayout();
        return reading.fixed().layout().recorded()
                ? new FixedDocuments(in, fileName, reading)
                : TableDocuments.over(new FixedRows(in, fileName, reading), fileName, reading, scattered);
    }

    /**
     * The columns of a table, known from its header, as a reading calls them that may gather its rows or fill its cells.
     *
     * @throws ProblemException when it has none of a name by which that is done
     */
    public static List<String> columns(List<String> columns, String fileName, Reading reading) {
        Header header = Header.of(fileName, columns, !reading.groupBy().isEmpty());
        header.places(fileName, reading.groupBy(), FormatCode.UNKNOWN_GROUP_COLUMN);
        header.places(fileName, reading.table().fillDown(), FormatCode.UNKNOWN_FILL_COLUMN);
        return header.names();
    }

    /** Whether a file begins as a workbook does, old or new, packed by gzip or not, whatever it is called. Its first bytes are read. */
    public static boolean beginsAsWorkbook(InputStream in) throws IOException {
        try {
            return Workbooks.isBegun(Unpacked.ifPacked(in, "", Limits.DEFAULT));
        } catch (ProblemException e) {
            return false;
        }
    }

    /** The bytes of a stream, unpacked where it is packed by gzip, and no more of them than a file may have. */
    public static InputStream unpacked(InputStream in, String fileName, Limits limits) {
        try {
            return Unpacked.ifPacked(in, fileName, limits);
        } catch (IOException e) {
            throw Unreadable.file(fileName, e);
        }
    }

    private static InputStream text(InputStream in, String fileName, Reading reading) {
        try {
            return OtherKind.refused(in, fileName, reading);
        } catch (IOException e) {
            throw Unreadable.file(fileName, e);
        }
    }

    /** One row of an SQL result as a document; column names in lower case. */
    public static Document row(Map<String, ?> columns) {
        return Document.of(SqlRows.tree(columns));
    }

    /** One value of such a row as text, the same each time it is read: of bytes their hexadecimal digits. */
    public static String text(Object value) {
        return SqlRows.text(value);
    }

    /** JSON text as a tree, strictly: exact decimals, no key twice, depth 64. */
    public static JsonNode json(String text, String fileName) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree == null ? NullNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            throw JsonTrees.refused(fileName, e, 0);
        } catch (NumberFormatException e) {
            throw JsonTrees.refused(fileName, JsonTrees.noNumber(null, e), 0);
        }
    }

    /** The same where several values may follow each other, as {@code map run} prints them: an array of them then. */
    public static JsonNode jsonOrSeveral(String text, String fileName) {
        ArrayNode several = JsonNodeFactory.instance.arrayNode();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonNode next = JSON.readTree(parser); next != null; next = JSON.readTree(parser)) {
                several.add(next);
            }
        } catch (JsonProcessingException e) {
            throw JsonTrees.refused(fileName, e, 0);
        } catch (NumberFormatException e) {
            throw JsonTrees.refused(fileName, JsonTrees.noNumber(null, e), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return several.size() > 1 ? several : json(text, fileName);
    }

    /**
     * Writes one tree: as JSON, as XML, or as CSV, TSV or XLSX with one row per element of {@code rows} (or of an array),
     * or one row when there is neither; what stands beside {@code rows} is refused there. In XML a tree's only field is the root, where it is an object; else
     * {@code record}, many under {@code records}. The stream is flushed, not closed.
     */
    public static void write(Format format, JsonNode tree, OutputStream out) {
        write(format, List.of(tree), out);
    }

    /** Writes many trees as one file: rows under one header, an array of JSON, or one line each. */
    public static void write(Format format, List<? extends JsonNode> trees, OutputStream out) {
        write(Reading.of(format), trees, out);
    }

    /**
     * The same as a file that can be read so: with this delimiter, or a table, XML or lines in this charset (UTF-8 without one). In
     * lines a tree is a row, or has a record's or segment's object, or a list of them, under its name.
     *
     * @throws ProblemException when a value does not fit its place, or the charset
     */
    public static void write(Reading as, List<? extends JsonNode> trees, OutputStream out) {
        write(as, List.of(), trees, out);
    }

    /** The same, a table of these columns first, also where no row fills them. Without rows nothing is written. */
    public static void write(Reading as, List<String> columns, List<? extends JsonNode> trees, OutputStream out) {
        new TreeFile(as, out).write(columns, trees);
    }

    /** Writes a line of text as it stood, in UTF-8, with a reason behind it that readers pass over. */
    public static void line(Row line, String reason, OutputStream out) throws IOException {
        String marked = TextLine.marked(String.join("", line.cells()), reason);
        out.write((marked + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Rows of CSV under these columns, for results and quarantine files. */
    public static CsvOutput csv(OutputStream out, char delimiter, List<String> columns) {
        return new CsvOutput(out, delimiter, columns);
    }

    /**
     * Rows of a table under these columns, for files that are to be read again as {@code reading} says: of XLSX also for XLS,
     * which is only read.
     */
    public static TableOutput table(OutputStream out, Reading reading, List<String> columns) {
        return reading.format().sheet()
                ? new XlsxOutput(out, columns, reading.table())
                : new CsvOutput(out, reading.delimiter(), columns);
    }

    /** Documents of XML, each at the end of this path of elements, the root first. */
    public static XmlOutput xml(OutputStream out, List<String> path) {
        return new XmlOutput(out, path, StandardCharsets.UTF_8);
    }

    /**
     * Writes one document of X12 or EDIFACT in an interchange of its own, in the shape it is read in: {@code transaction},
     * {@code interchange} (at least {@code sender} and {@code receiver}), and the segments where the layout has them.
     *
     * @param stamp fills in what the tree does not say of numbers, dates and times
     * @throws ProblemException for anything in the tree that is no segment of its kind, a value that cannot be written
     */
    public static byte[] edi(Format format, JsonNode tree, EdiStamp stamp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new EdiOutput(format, stamp).write(List.of(tree), out);
        } catch (IOException e) {
            throw Unreadable.output(e);
        }
        return out.toByteArray();
    }

    /** Whose control numbers an interchange takes: those of its sender to its receiver. At most 200 characters. */
    public static String numbersOf(Format format, JsonNode tree) {
        JsonNode interchange = tree.path("interchange");
        String name = format.word() + ":" + interchange.path("sender").asText() + ":"
                + interchange.path("receiver").asText();
        return Shortened.to(200, name);
    }

    /** The charset of a file that was read in one, where it is written again as it was: what is called ISO-8859-1 has ’ and € too. */
    public static Charset asRead(Charset charset) {
        return LatinAsWritten.of(charset);
    }

    /**
     * A text in a charset.
     *
     * @throws ProblemException {@code unwritable-text} for a character it does not have
     */
    public static byte[] encoded(String text, Charset charset) {
        return Encoded.text(text, charset);
    }
}
