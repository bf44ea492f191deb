package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RefusedException;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Result;
import io.waybill.problem.Problem;
import io.waybill.text.UrlPart;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the requests of a described carrier: nothing here is sent, and the same tree gives the same bytes. */
final class Requests {
    private static final byte[] NOTHING = {};
    private static final int PATH_LONGEST = 4_000;
    private static final Map<String, String> FILES =
            Map.of("PDF", "application/pdf", "PNG", "image/png", "ZPL", "application/zpl", "EPL2", "application/epl2");
    private static final Pattern OURS =
            Pattern.compile("(shipFrom|shipTo|parcels|items|customs|billing|options|metadata)([.\\[][\\w.\\[\\]]+)?");

    private Requests() {}

    /**
     * The body, as the operation's mapping writes it.
     *
     * @throws RefusedException with what the mapping cannot write
     */
    static byte[] body(Operation operation, ObjectNode tree) {
        Mapping mapping = operation.request();
        if (mapping == null || operation.body().equals("none")) {
            return NOTHING;
        }
        Result result = mapping.apply(Document.of(tree));
        if (result instanceof Result.Failed failed) {
            throw refused(failed.problems().get(0));
        }
        if (result instanceof Result.Skipped skipped) {
            throw new RefusedException(skipped.reason(), null);
        }
        JsonNode written = ((Result.Mapped) result).tree();
        if (operation.body().equals("form")) {
            return form(written).getBytes(UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(operation.body().equals("xml") ? Format.XML : Format.JSON, written, out);
        return out.toByteArray();
    }

    /** At our field, where the mapping's line reads one of the order. */
    private static RefusedException refused(Problem problem) {
        String source =
                problem.values().getOrDefault("source", "").split("[,|]", 2)[0].strip();
        if (!OURS.matcher(source).matches()) {
            return new RefusedException(problem.toString(), null);
        }
        String pointer = "/" + source.replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
        return problem.code().equals(MappingCode.REQUIRED.code())
                ? Refusals.needs(pointer)
                : new RefusedException(problem.toString(), pointer);
    }

    /** A field each; what is no text or number is JSON in it. */
    static String form(JsonNode tree) {
        return tree.properties().stream()
                .map(field -> UrlPart.of(field.getKey()) + "=" + UrlPart.of(text(field.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String text(JsonNode value) {
        return value.isContainerNode()
                ? value.toString()
                : value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    /**
     * The path with its query.
     *
     * @throws IllegalArgumentException when a word in it has no value
     */
    static String path(Operation operation, Map<String, String> words) {
        String query = operation.query().entrySet().stream()
                .map(one -> {
                    String value = one.getValue().plain(words);
                    return value == null ? "" : UrlPart.of(one.getKey()) + "=" + UrlPart.of(value);
                })
                .filter(pair -> !pair.isEmpty())
                .collect(Collectors.joining("&"));
        String path = operation.path().path(words) + (query.isEmpty() ? "" : "?" + query);
        if (path.length() > PATH_LONGEST) {
            throw new IllegalArgumentException("a path of " + path.length() + " characters");
        }
        return path;
    }

    /** A file in the format it is asked for; what is said instead of one is welcome, too. */
    private static String accepted(ReplySpec.Form form, String format) {
        return switch (form) {
            case JSON -> "application/json";
            case XML -> "application/xml";
            case FILE -> FILES.getOrDefault(format, "application/octet-stream") + ", application/json;q=0.5, */*;q=0.1";
        };
    }

    static Map<String, String> headers(Operation operation, Map<String, String> words) {
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", accepted(operation.reads().format(), words.getOrDefault("format", "")));
        switch (operation.body()) {
            case "json" -> headers.put("Content-Type", "application/json");
            case "xml" -> headers.put("Content-Type", "application/xml");
            case "form" -> headers.put("Content-Type", "application/x-www-form-urlencoded");
            default -> {}
        }
        operation.headers().forEach((name, template) -> {
            String value = template.plain(words);
            if (value != null) {
                headers.put(name, value.replaceAll("\\p{Cntrl}", " "));
            }
        });
        return headers;
    }
}
