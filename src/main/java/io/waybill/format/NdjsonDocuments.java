package io.waybill.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import io.waybill.problem.Problem;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON document a line. A broken line is that document's problem; the next line is read all the same. A line that is no object
 * is handed out as it stands too.
 */
final class NdjsonDocuments implements DocumentReader {
    private final String file;
    private final TextLines lines;
    private final ObjectReader json;
    private int ordinal;

    NdjsonDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.lines = new TextLines(in, file, reading);
        ObjectMapper mapper = JsonTrees.mapper(reading.limits());
        this.json = mapper.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Override
    public @Nullable Document next() {
        TextLine line = lines.next();
        return line == null ? null : document(line);
    }

    private Document document(TextLine line) {
        ordinal++;
        List<Row> asItStood = List.of(new Row(line.number(), List.of(line.text()), line.reason()));
        if (line.damage() != null) {
            return document(line, NullNode.getInstance(), asItStood, List.of(line.damage()));
        }
        try {
            JsonNode tree = json.readValue(line.text());
            boolean explainsItself = tree.isObject() && line.reason().isEmpty();
            return document(line, tree, explainsItself ? List.of() : asItStood, List.of());
        } catch (JsonProcessingException e) {
            return broken(line, asItStood, e);
        } catch (NumberFormatException e) {
            return broken(line, asItStood, JsonTrees.noNumber(null, e));
        }
    }

    private Document broken(TextLine line, List<Row> asItStood, JsonProcessingException e) {
        Problem problem = JsonTrees.problem(file, e).with("line", line.number()).with("row", line.number());
        return document(line, NullNode.getInstance(), asItStood, List.of(problem));
    }

    private Document document(TextLine line, JsonNode tree, List<Row> rows, List<Problem> problems) {
        return new Document(ordinal, line.number(), line.number(), tree, rows, problems);
    }

    @Override
    public void close() {
        lines.close();
    }
}
