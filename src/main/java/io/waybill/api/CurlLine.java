package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example as a command for a shell. {@code $WAYBILL} is the hub's address, {@code $WAYBILL_KEY} a key, other names earlier answers. */
final class CurlLine {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern NAME = Pattern.compile("\\$[A-Z]+");

    private CurlLine() {}

    /**
     * @param path from the root of the hub
     * @param facts of the call
     * @param example one of its examples
     */
    static String of(String verb, String path, JsonNode facts, JsonNode example) {
        List<String> words = new ArrayList<>(List.of("curl"));
        if (!verb.equals("get")) {
            words.add("-X " + verb.toUpperCase(Locale.ROOT));
        }
        words.add("\"$WAYBILL" + filled(path, facts.path("ids"), example.path("ids")) + query(example.path("query"))
                + "\"");
        words.add("-H \"Authorization: Bearer $WAYBILL_KEY\"");
        example.path("headers")
                .fields()
                .forEachRemaining(header -> words.add("-H "
                        + quoted(header.getKey() + ": " + header.getValue().asText())));
        JsonNode body = example.path("body");
        if (!body.isMissingNode()) {
            words.add("-H " + quoted("Content-Type: " + facts.at("/body/media").asText()));
            words.add("--data-binary " + quoted(body.isTextual() ? body.textValue() : body.toString()));
        }
        return String.join(" ", words);
    }

    private static String filled(String path, JsonNode ids, JsonNode ofExample) {
        return PARAMETER.matcher(path).replaceAll(found -> {
            String name = found.group(1);
            return Matcher.quoteReplacement(
                    (ofExample.has(name) ? ofExample : ids).path(name).asText());
        });
    }

    private static String query(JsonNode query) {
        StringBuilder text = new StringBuilder();
        query.fields().forEachRemaining(pair -> {
            String value = pair.getValue().asText();
            text.append(text.isEmpty() ? '?' : '&')
                    .append(pair.getKey())
                    .append('=')
                    .append(NAME.matcher(value).matches() ? value : URLEncoder.encode(value, UTF_8));
        });
        return text.toString();
    }

    /** In single quotes, which keep everything as it is, but for what stands for an earlier answer. */
    private static String quoted(String text) {
        return "'"
                + NAME.matcher(text.replace("'", "'\\''"))
                        .replaceAll(found -> Matcher.quoteReplacement("'\"" + found.group() + "\"'"))
                + "'";
    }
}
