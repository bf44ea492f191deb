package io.waybill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every way in which one call is asked wrongly: by its path, its query, its headers and its body. */
final class Twists {
    private static final String LONG = "x".repeat(3000);

    /** As they stand in an address. */
    private static final List<String> WORDS = List.of(
            "",
            "%20",
            "zz",
            "7",
            "-1",
            "1e3",
            "0x1",
            "1.5",
            "99999999999999999999",
            LONG,
            "%E9%A9%AC",
            "%00",
            "%FF",
            "%ED%A0%80",
            "%01",
            "%0A",
            "%27%3B--",
            "%25",
            "%5B%5D",
            "%7B%7D",
            "null",
            "true",
            "TRUE",
            "%EF%BC%91",
            "2026-02-30",
            "2026-11-24T08:00:00",
            "2026-11-24T25:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "*",
            "_",
            "%2E.%2F..%2Fetc");

    private static final List<String> IDS = List.of(
            "x",
            "%20",
            "%00",
            "%FF",
            "%ED%A0%80",
            "%E9%A9%AC",
            "%0A",
            "%01",
            "a%2Fb",
            ";a=b",
            "*",
            "-1",
            "99999999999999999999",
            LONG,
            "%27",
            "null",
            "%25",
            "%7B%7D");

    private static final List<List<String>> HEADERS = List.of(
            List.of("Accept", "application/xml"),
            List.of("Accept", ""),
            List.of("Accept", "text/html"),
            List.of("Accept", "*/*;q=0"),
            List.of("Accept", LONG),
            List.of("Content-Type", "application/xml"),
            List.of("Content-Type", ""),
            List.of("Content-Type", "application/json; charset=iso-8859-1"),
            List.of("Content-Type", "text/csv; charset=nope"),
            List.of("Content-Type", ";;;"),
            List.of("Content-Type", "multipart/form-data"),
            List.of("Content-Encoding", "gzip"),
            List.of("Content-Encoding", ""),
            List.of("If-Match", "x"),
            List.of("If-Match", "\"99\""),
            List.of("If-Match", "W/\"1\""),
            List.of("If-Match", ""),
            List.of("If-None-Match", "*"),
            List.of("Idempotency-Key", "k".repeat(300)),
            List.of("Idempotency-Key", ""),
            List.of("Idempotency-Key", "\u00e9\u00e8"),
            List.of("Prefer", "wait=-1"),
            List.of("Prefer", "wait=\"\""),
            List.of("Prefer", LONG),
            List.of("Accept-Language", "zh;q=nan"),
            List.of("Range", "bytes=0-1"),
            List.of("X-HTTP-Method-Override", "DELETE"),
            List.of("CamelHttpUri", "http://127.0.0.1:1/"));

    /** None of them is an object. */
    private static final List<String> NO_OBJECTS = List.of(
            "[]",
            "\"x\"",
            "7",
            "true",
            "{",
            "{\"a\":",
            "[".repeat(3000),
            "{\"a\":".repeat(3000),
            "nonsense",
            "{} {}",
            "{\"a\":NaN}",
            "{'a':1}",
            "<a/>",
            "\u0000",
            "{\"a\":1,\"a\":2}",
            "%",
            "a=b",
            "\"" + "x".repeat(100_000) + "\"");

    /** Of fields that nobody knows. */
    private static final List<String> UNKNOWN =
            List.of("{\"\":1}", "{\"colour\":\"red\"}", "{\"\\u0000\":1}", "{\"\\ud800\":1}");

    private final ContractAnswers contract;
    private final EveryCall.Call call;
    private final String path;
    private final String query;
    private final String body;
    private final List<Twist> twists = new ArrayList<>();

    /**
     * @param path as the call is asked rightly, with its query
     * @param body likewise
     */
    Twists(ContractAnswers contract, EveryCall.Call call, String path, String body) {
        this.contract = contract;
        this.call = call;
        this.path = path.replaceAll("\\?.*", "");
        this.query = path.contains("?") ? path.substring(path.indexOf('?') + 1) : "";
        this.body = body;
    }

    List<Twist> all() throws Exception {
        twists.add(new Twist("as it is told", at(query), body, false, ""));
        HEADERS.forEach(header -> twists.add(new Twist(
                header.get(0) + ": " + Twist.cut(header.get(1)), at(query), body.getBytes(UTF_8), header, false, "")));
        call.told().path("parameters").forEach(parameter -> {
            switch (parameter.path("in").asText()) {
                case "path" -> inPath(parameter.path("name").asText());
                case "query" -> inQuery(parameter);
                default -> {}
            }
        });
        Stream.of("colour=red", "colour", "=", "&&", "%00=1", "%FF=1", "=x", LONG, "%E9%A9%AC=1", "?")
                .forEach(word -> twists.add(new Twist(
                        "?" + Twist.cut(word),
                        at(join(query, word)),
                        body,
                        word.startsWith("colour") && isStrict(),
                        "")));
        bodies();
        return List.copyOf(twists);
    }

    /** Whether it takes no parameters but those that it tells of. */
    private boolean isStrict() {
        return !call.told().path("x-scope").asText().isEmpty();
    }

    private void inPath(String name) {
        String[] told = call.path().split("/", -1);
        String[] real = path.split("/", -1);
        for (String id : IDS) {
            StringBuilder twisted = new StringBuilder();
            for (int i = 1; i < told.length; i++) {
                twisted.append('/').append(told[i].equals("{" + name + "}") ? id : real[i]);
            }
            twists.add(new Twist(
                    "{" + name + "}=" + Twist.cut(id),
                    twisted + (query.isEmpty() ? "" : "?" + query),
                    body,
                    false,
                    ""));
        }
    }

    private void inQuery(JsonNode parameter) {
        String name = parameter.path("name").asText();
        JsonNode schema = parameter.path("schema");
        String rest = Stream.of(query.split("&", -1))
                .filter(one -> !one.isEmpty() && !one.startsWith(name + "="))
                .collect(Collectors.joining("&"));
        if (parameter.path("required").asBoolean()) {
            twists.add(new Twist("without " + name, at(rest), body, true, name));
        }
        for (String word : WORDS) {
            twists.add(new Twist(
                    "?" + name + "=" + Twist.cut(word),
                    at(join(rest, name + "=" + word)),
                    body,
                    isNone(schema, word),
                    name));
        }
        String twice = join(rest, name + "=zz&" + name + "=zz");
        twists.add(new Twist("?" + name + " twice", at(twice), body, true, name));
        twists.add(new Twist("?" + name + "[]", at(join(rest, name + "%5B%5D=zz")), body, true, name));
    }

    /** Whether a word is certainly none that the schema allows. */
    private static boolean isNone(JsonNode schema, String word) {
        boolean plain =
                Set.of("zz", "-1", "99999999999999999999", "%7B%7D", "*").contains(word);
        return plain
                && (schema.has("enum")
                        || schema.has("format")
                        || !schema.path("type").asText().equals("string"));
    }

    private String at(String asked) {
        return asked.isEmpty() ? path : path + "?" + asked;
    }

    private static String join(String one, String other) {
        return one.isEmpty() ? other : one + "&" + other;
    }

    private void bodies() throws Exception {
        JsonNode media = call.told().path("requestBody").path("content");
        if (media.isMissingNode()) {
            Stream.of("{\"colour\":\"red\"}", "colour=red", "[1]", "x".repeat(100_000))
                    .forEach(none -> body("a body where none is due: ", none, isStrict()));
            return;
        }
        boolean isOurs = media.has("application/json") && isStrict();
        NO_OBJECTS.forEach(none -> body("body ", none, isOurs));
        UNKNOWN.forEach(unknown -> body("body ", unknown, isOurs && isJudged()));
        Stream.of("", " ", "null", "\ufeff{}").forEach(nothing -> body("body ", nothing, false));
        body("UTF-16", body.getBytes(UTF_16));
        body("UTF-16 without a mark", body.getBytes(UTF_16LE));
        body("ISO 8859-1", body.replace('e', 'é').getBytes(ISO_8859_1));
        body("gzip cut off", new byte[] {0x1f, (byte) 0x8b, 8, 0});
        body("half a mark", new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        if (isOurs) {
            body("cut off: ", body.substring(0, body.length() / 2), true);
            fields(media.path("application/json").path("schema"));
        }
    }

    private void body(String coding, byte[] bytes) {
        twists.add(new Twist("a body in " + coding, at(query), bytes, List.of(), false, ""));
    }

    private void body(String what, String text, boolean isWrong) {
        twists.add(new Twist(what + Twist.cut(text), at(query), text, isWrong, ""));
    }

    /** Of one call what is wrong is the answer. */
    private boolean isJudged() {
        return !call.path().endsWith("/addresses/check");
    }

    private void fields(JsonNode schema) throws Exception {
        TwistedJson twisted = new TwistedJson(Json.mapper().readTree(body));
        for (String pointer : twisted.pointers()) {
            for (Map.Entry<String, String> one : twisted.at(pointer).entrySet()) {
                String value = one.getKey();
                boolean isBroken = value.contains("\\u0000") || value.contains("\\ud800");
                boolean isNone = value.equals("twice") || (isJudged() && isBroken);
                boolean isWrong = isNone
                        || (!schema.isMissingNode()
                                && !contract.broken(schema, TwistedJson.said(one.getValue()))
                                        .isEmpty());
                twists.add(new Twist(pointer + " = " + Twist.cut(value), at(query), one.getValue(), isWrong, pointer));
            }
        }
    }
}
