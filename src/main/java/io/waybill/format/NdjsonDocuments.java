package io.waybill.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON document a line. A broken line is that document's problem; the next line is read all the same. A line that is no object
 * is handed out as it stands too.
 */
final class NdjsonDocuments implements DocumentReader {
    private final String file;
    private final Limits limits;
    private final BufferedReader lines;
    private final ObjectReader json;
    private long row;
    private int ordinal;

    NdjsonDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.limits = reading.limits();
        this.lines = new BufferedReader(new StrictReader(in, file, reading, false));
        ObjectMapper mapper = JsonTrees.mapper(limits);
        this.json = mapper.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Override
    public @Nullable Document next() {
        try {
            String line = line();
            while (line != null && line.isBlank()) {
                line = line();
            }
            return line == null ? null : document(line);
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }

    private Document document(String whole) {
        ordinal++;
        TextLine line = TextLine.of(row, whole, null);
        List<Row> asItStood = List.of(new Row(row, List.of(line.text()), line.reason()));
        try {
            JsonNode tree = json.readValue(line.text());
            boolean explainsItself = tree.isObject() && line.reason().isEmpty();
            return new Document(ordinal, row, row, tree, explainsItself ? List.of() : asItStood, List.of());
        } catch (JsonProcessingException e) {
            Problem problem = JsonTrees.problem(file, e).with("line", row).with("row", row);
            return new Document(ordinal, row, row, NullNode.getInstance(), asItStood, List.of(problem));
        }
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        row++;
        if (row > limits.rows()) {
            throw new ProblemException(Problem.of(FormatCode.TOO_MANY_ROWS, "file", file, "limit", limits.rows()));
        }
        for (; c >= 0 && c != '\n'; c = lines.read()) {
            line.append((char) c);
            if (line.length() > limits.cellChars()) {
                throw Cells.tooLong(file, limits, row);
            }
        }
        return TextLines.unreturned(line.toString());
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }
}
