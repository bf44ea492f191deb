package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** The same answer in other forms. */
final class Forms {
    private Forms() {}

    /** By what is other about them. */
    static Map<String, Said> of(Said said) {
        Map<String, Said> all = new LinkedHashMap<>();
        all.put("without a charset", said.with("Content-Type", ""));
        all.put("in gzip", said.with(zipped(said.body())).with("Content-Encoding", "gzip"));
        if (said.isJson()) {
            all.put("with a byte order mark", said.with("\uFEFF" + new String(said.body(), UTF_8)));
            all.put(
                    "in Latin-1",
                    said.with("Content-Type", "application/json; charset=ISO-8859-1")
                            .with(new String(said.body(), UTF_8).getBytes(ISO_8859_1)));
            all.put("in another order", said.with(Forms::reversed));
            all.put("with numbers as texts", said.with(Forms::numbersAsTexts));
            all.put("with texts as numbers", said.with(Forms::textsAsNumbers));
            all.put("with fields nobody knows", said.with(Forms::known));
            for (String word : List.of("warnings", "errors", "alerts", "messages", "notifications")) {
                all.put("with empty " + word, beside(said, word, JsonNodeFactory.instance.arrayNode()));
                all.put("with " + word, beside(said, word, told()));
            }
        }
        return all;
    }

    private static Said beside(Said said, String word, JsonNode value) {
        return said.with(whole -> {
            if (whole instanceof ObjectNode object && !object.has(word)) {
                object.set(word, value);
            }
            return whole;
        });
    }

    private static ArrayNode told() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.addObject().put("code", "W1").put("message", "The address was made better.");
        return all;
    }

    private static JsonNode reversed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> names.add(0, name));
            ObjectNode other = JsonNodeFactory.instance.objectNode();
            names.forEach(name -> other.set(name, reversed(object.path(name))));
            return other;
        }
        return each(node, Forms::reversed);
    }

    private static JsonNode numbersAsTexts(JsonNode node) {
        return node.isNumber()
                ? TextNode.valueOf(node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asText())
                : each(node, Forms::numbersAsTexts);
    }

    private static JsonNode textsAsNumbers(JsonNode node) {
        return node.isTextual() && node.asText().matches("-?(0|[1-9]\\d{0,30})(\\.\\d{1,6})?")
                ? JsonNodeFactory.instance.numberNode(new BigDecimal(node.asText()))
                : each(node, Forms::textsAsNumbers);
    }

    private static JsonNode known(JsonNode node) {
        JsonNode all = each(node, Forms::known);
        if (all instanceof ObjectNode object) {
            object.put("nobodyKnowsThis", true).putArray("norThis").addObject().put("code", "7");
        }
        return all;
    }

    private static JsonNode each(JsonNode node, UnaryOperator<JsonNode> how) {
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(one -> list.add(how.apply(one)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.fields().forEachRemaining(field -> object.set(field.getKey(), how.apply(field.getValue())));
            return object;
        }
        return node;
    }

    private static byte[] zipped(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
