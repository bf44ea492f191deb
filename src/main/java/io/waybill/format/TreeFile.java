package io.waybill.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Trees as one file of any format; the stream is flushed and stays open. */
final class TreeFile {
    private static final ObjectMapper JSON = JsonTrees.mapper(Limits.DEFAULT);

    private final Reading as;
    private final OutputStream out;

    TreeFile(Reading as, OutputStream out) {
        this.as = as;
        this.out = out;
    }

    /** @param columns the first of a table */
    void write(List<String> columns, List<? extends JsonNode> trees) {
        try {
            switch (as.format()) {
                case CSV, TSV, XLSX, XLS -> rows(columns, trees);
                case FIXED -> {
                    as.fixed().requireLayout();
                    trees.forEach(new FixedOutput(out, as)::write);
                }
                case IDOC_FLAT -> trees.forEach(new IdocOutput(out, as)::write);
                case XML -> xml(trees);
                case X12, EDIFACT -> new EdiOutput(as.format(), as.charset()).write(trees, out);
                case NDJSON -> {
                    for (JsonNode tree : trees) {
                        json(tree);
                        out.write('\n');
                    }
                }
                case JSON, ROW -> json(trees.size() == 1 ? trees.get(0) : JSON.valueToTree(trees));
            }
            out.flush();
        } catch (IOException e) {
            throw Unreadable.output(e);
        }
    }

    private void rows(List<String> first, List<? extends JsonNode> trees) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        trees.forEach(tree -> rows.addAll(TreeRows.of(tree)));
        if (rows.isEmpty()) {
            return;
        }
        Set<String> columns = new LinkedHashSet<>(first);
        rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        Charset charset = as.format().sheet() ? null : as.charset();
        if (charset == null) {
            table(new Unclosed(out), columns, rows);
        } else {
            ByteArrayOutputStream unicode = new ByteArrayOutputStream();
            table(unicode, columns, rows);
            out.write(Encoded.text(unicode.toString(StandardCharsets.UTF_8), charset));
        }
    }

    private void table(OutputStream to, Set<String> columns, List<JsonNode> rows) {
        try (TableOutput table = Formats.table(to, as, List.copyOf(columns))) {
            rows.forEach(table::row);
        }
    }

    private void xml(List<? extends JsonNode> trees) {
        JsonNode only = trees.size() == 1 ? trees.get(0) : NullNode.getInstance();
        boolean rooted =
                only.size() == 1 && only.isObject() && only.elements().next().isObject();
        List<String> path = rooted
                ? List.of(only.fieldNames().next())
                : trees.size() == 1 && !only.isArray() ? List.of("record") : List.of("records", "record");
        try (XmlOutput xml = new XmlOutput(out, path, as.charset() == null ? StandardCharsets.UTF_8 : as.charset())) {
            trees.forEach(tree -> xml.document(rooted ? tree.elements().next() : tree));
        }
    }

    private void json(JsonNode tree) throws IOException {
        ObjectWriter writer = JSON.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator json = new PlainNumbers(writer.createGenerator(out))) {
            writer.writeValue(json, tree);
        }
    }

    /** The caller's stream stays open. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
