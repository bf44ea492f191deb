package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * An answer as carriers send it and their documents do not have it.
 *
 * @param call what it answers
 * @param at a JSON pointer into the answer, or empty for the whole of it
 * @param said what is sent
 */
record Twist(Kind kind, String call, String at, String how, Said said) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String PAGE = "<html><head><title>Oops</title></head><body>Welcome</body></html>";
    /** From this status on the hub asks again, unless that would be too late. */
    private static final int ASKED_AGAIN = 429;

    private static final String TOO_LATE = "86400";

    private static final int[] STATUSES = {200, 201, 202, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503};

    enum Kind {
        /** It says the same in another form. */
        FORM,
        /** One place of it is otherwise, or not there. */
        PLACE,
        /** Nobody can read it. */
        NONSENSE,
        /** The same words under another status. */
        STATUS
    }

    /** Each place in every way, the whole in other forms, and what cannot be read, each under every status. */
    static List<Twist> of(String call, Said said) {
        List<Twist> all = new ArrayList<>();
        forms(said).forEach((how, other) -> all.add(new Twist(Kind.FORM, call, "", how, other)));
        if (said.isJson()) {
            places(call, said, read(said), "", all);
        }
        for (int status : STATUSES) {
            Said as = status < ASKED_AGAIN
                    ? said.with(status)
                    : said.with(status).with("Retry-After", TOO_LATE);
            all.add(new Twist(Kind.STATUS, call, "", "as " + status, as));
            Map<String, Said> unreadable = status < ASKED_AGAIN ? nonsense(as) : Map.of("a page", as.with(PAGE));
            unreadable.forEach(
                    (how, other) -> all.add(new Twist(Kind.NONSENSE, call, "", how + " as " + status, other)));
        }
        return all;
    }

    private static Map<String, Said> nonsense(Said said) {
        Map<String, Said> all = new LinkedHashMap<>();
        all.put("a page", said.with(PAGE).with("Content-Type", "text/html"));
        all.put("empty", said.with(""));
        all.put("cut", said.with(Arrays.copyOf(said.body(), said.body().length / 2)));
        all.put("an empty object", said.with("{}"));
        all.put("an empty list", said.with("[]"));
        all.put("null", said.with("null"));
        return all;
    }

    boolean isSuccess() {
        return said.status() >= 200 && said.status() < 300 && said.status() != 204;
    }

    /** Another value of its kind, which may say something else. */
    boolean isAnotherWord() {
        return Set.of("the other truth", "zero").contains(how);
    }

    /** Of an element of the innermost list of so many, or of something in it. */
    boolean isWithinOneOf(int elements) {
        return elementOf(elements).isPresent();
    }

    /** Of such an element as a whole. */
    boolean isOfOneOf(int elements) {
        return elementOf(elements).filter(at::equals).isPresent();
    }

    private Optional<String> elementOf(int elements) {
        if (!said.isJson()) {
            return Optional.empty();
        }
        JsonNode whole = read(said);
        for (int end = at.length(); end > 0; end = at.lastIndexOf('/', end - 1)) {
            String element = at.substring(0, end);
            int last = element.lastIndexOf('/');
            boolean left = how.equals("left out") && element.equals(at);
            if (element.substring(last + 1).matches("\\d+")
                    && whole.at(element.substring(0, last)).size() == (left ? elements - 1 : elements)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static Map<String, Said> forms(Said said) {
        Map<String, Said> all = new LinkedHashMap<>();
        all.put("without a charset", said.with("Content-Type", ""));
        all.put("in gzip", said.with(zipped(said.body())).with("Content-Encoding", "gzip"));
        if (said.isJson()) {
            all.put("with a byte order mark", said.with("\uFEFF" + new String(said.body(), UTF_8)));
            all.put(
                    "in Latin-1",
                    said.with("Content-Type", "application/json; charset=ISO-8859-1")
                            .with(new String(said.body(), UTF_8).getBytes(ISO_8859_1)));
            all.put("in another order", rewritten(said, Twist::reversed));
            all.put("with numbers as texts", rewritten(said, Twist::numbersAsTexts));
            all.put("with texts as numbers", rewritten(said, Twist::textsAsNumbers));
            all.put("with fields nobody knows", rewritten(said, Twist::known));
            for (String word : List.of("warnings", "errors", "alerts", "messages", "notifications")) {
                all.put("with empty " + word, beside(said, word, JSON.createArrayNode()));
                all.put("with " + word, beside(said, word, told()));
            }
        }
        return all;
    }

    private static Said beside(Said said, String word, JsonNode value) {
        return rewritten(said, whole -> {
            if (whole instanceof ObjectNode object && !object.has(word)) {
                object.set(word, value);
            }
            return whole;
        });
    }

    private static ArrayNode told() {
        ArrayNode all = JSON.createArrayNode();
        all.addObject().put("code", "W1").put("message", "The address was made better.");
        return all;
    }

    private static void places(String call, Said said, JsonNode node, String at, List<Twist> all) {
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            place(call, said, node.get(i), at, String.valueOf(i), all);
        }
        node.fields().forEachRemaining(field -> place(call, said, field.getValue(), at, field.getKey(), all));
    }

    private static void place(String call, Said said, JsonNode value, String parent, String name, List<Twist> all) {
        String at = parent + "/" + name.replace("~", "~0").replace("/", "~1");
        ways(value)
                .forEach((how, other) -> all.add(new Twist(Kind.PLACE, call, at, how, rewritten(said, whole -> {
                    put(whole.at(parent), name, other);
                    return whole;
                }))));
        places(call, said, value, at, all);
    }

    private static Map<String, JsonNode> ways(JsonNode value) {
        Map<String, JsonNode> ways = new LinkedHashMap<>();
        ways.put("left out", MissingNode.getInstance());
        ways.put("null", JSON.nullNode());
        ways.put("an empty text", TextNode.valueOf(""));
        ways.put("an empty list", JSON.createArrayNode());
        ways.put("an empty object", JSON.createObjectNode());
        if (value.isArray()) {
            ways.put("its first alone", value.path(0));
            ArrayNode more = value.deepCopy();
            value.forEach(more::add);
            ways.put("twice as many", more);
            ArrayNode reversed = JSON.createArrayNode();
            value.forEach(one -> reversed.insert(0, one));
            ways.put("the other way round", reversed);
        } else {
            ways.put("a list of one", JSON.createArrayNode().add(value));
        }
        if (value.isValueNode()) {
            ways.put("garbled", TextNode.valueOf("0#"));
            ways.put("very long, in other letters", TextNode.valueOf("Grüße 收件人 😀 ".repeat(300)));
            ways.put("zero", JSON.getNodeFactory().numberNode(0));
            ways.put("the other truth", JSON.getNodeFactory().booleanNode(!value.asBoolean()));
        }
        return ways;
    }

    private static void put(JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ArrayNode list) {
            if (value.isMissingNode()) {
                list.remove(Integer.parseInt(name));
            } else {
                list.set(Integer.parseInt(name), value.deepCopy());
            }
        } else if (parent instanceof ObjectNode object) {
            if (value.isMissingNode()) {
                object.remove(name);
            } else {
                object.set(name, value.deepCopy());
            }
        }
    }

    private static JsonNode reversed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> names.add(0, name));
            ObjectNode other = JSON.createObjectNode();
            names.forEach(name -> other.set(name, reversed(object.path(name))));
            return other;
        }
        return each(node, Twist::reversed);
    }

    private static JsonNode numbersAsTexts(JsonNode node) {
        return node.isNumber()
                ? TextNode.valueOf(node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asText())
                : each(node, Twist::numbersAsTexts);
    }

    private static JsonNode textsAsNumbers(JsonNode node) {
        return node.isTextual() && node.asText().matches("-?(0|[1-9]\\d{0,30})(\\.\\d{1,6})?")
                ? JSON.getNodeFactory().numberNode(new BigDecimal(node.asText()))
                : each(node, Twist::textsAsNumbers);
    }

    private static JsonNode known(JsonNode node) {
        JsonNode all = each(node, Twist::known);
        if (all instanceof ObjectNode object) {
            object.put("nobodyKnowsThis", true).putArray("norThis").addObject().put("code", "7");
        }
        return all;
    }

    private static JsonNode each(JsonNode node, UnaryOperator<JsonNode> how) {
        if (node.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            node.forEach(one -> list.add(how.apply(one)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            node.fields().forEachRemaining(field -> object.set(field.getKey(), how.apply(field.getValue())));
            return object;
        }
        return node;
    }

    private static Said rewritten(Said said, UnaryOperator<JsonNode> how) {
        try {
            return said.with(JSON.writeValueAsBytes(how.apply(read(said))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Said said) {
        try {
            return JSON.readTree(said.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Override
    public String toString() {
        return (at.isEmpty() ? "the answer" : at) + " " + how;
    }
}
