package io.waybill.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.TreeRows;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping wrote, as flat rows: a list of objects, an object whose {@code rows} is such a list, or one object; an object
 * that says nothing is no row.
 */
record Rows(List<Map<String, @Nullable Object>> rows) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** @throws ProblemException {@code row-not-flat}; {@code beside-rows} for what would be in none of them */
    static Rows of(String json) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(json);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : TreeRows.of(tree)) {
            Map<String, @Nullable Object> flat = flat(row, rows.size() + 1);
            if (!flat.isEmpty()) {
                rows.add(flat);
            }
        }
        return new Rows(rows);
    }

    /** The same as a file that can be read so. */
    byte[] toFile(Reading as, List<String> first) {
        Charset charset = as.charset();
        return Formats.encoded(toText(as.delimiter(), first), charset == null ? StandardCharsets.UTF_8 : charset);
    }

    /**
     * RFC 4180 with a header; a column for every key of any row, in the order they first appear. Empty without rows.
     *
     * @param first the columns it has first, also where no row fills them
     */
    String toText(char separator, List<String> first) {
        if (rows.isEmpty()) {
            return "";
        }
        Set<String> columns = new LinkedHashSet<>(first);
        rows.forEach(row -> columns.addAll(row.keySet()));
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(text)) {
            csv.writeRecord(columns);
            rows.forEach(row -> csv.writeRecord(
                    columns.stream().map(column -> cell(row.get(column))).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * A map for each row; every row has every key, so that a statement finds all its parameters, and {@code eventId} and
     * {@code line}, its number from 1, unless the mapping wrote its own.
     *
     * @param columns keys it has besides, also where no row says anything
     */
    List<Map<String, @Nullable Object>> toParameters(String eventId, Set<String> columns) {
        Map<String, @Nullable Object> empty = new LinkedHashMap<>();
        columns.forEach(column -> empty.put(column, null));
        rows.forEach(row -> row.keySet().forEach(key -> empty.put(key, null)));
        List<Map<String, @Nullable Object>> parameters = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, @Nullable Object> full = new LinkedHashMap<>(empty);
            full.put("eventId", eventId);
            full.put("line", parameters.size() + 1);
            full.putAll(row);
            parameters.add(full);
        }
        return parameters;
    }

    private static Map<String, @Nullable Object> flat(JsonNode row, int number) {
        if (!row.isObject()) {
            throw notFlat(number, "", row);
        }
        Map<String, @Nullable Object> flat = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            flat.put(field.getKey(), scalar(number, field.getKey(), field.getValue()));
        }
        return flat;
    }

    private static @Nullable Object scalar(int number, String key, JsonNode value) {
        if (value.isContainerNode()) {
            throw notFlat(number, key, value);
        }
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNull() ? null : value.textValue();
    }

    private static ProblemException notFlat(int number, String key, JsonNode value) {
        return new ProblemException(Problem.of(
                EdgeCode.ROW_NOT_FLAT,
                "number",
                number,
                "field",
                key,
                "found",
                value.getNodeType().name()));
    }

    /** A text that a spreadsheet would run as a formula is made a text again; a number stays one. */
    private static String cell(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return value == null ? "" : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        }
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return formula && !text.matches("[+-]?[0-9]+([.,][0-9]+)?") ? "'" + text : text;
    }
}
