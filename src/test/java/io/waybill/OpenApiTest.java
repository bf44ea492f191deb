package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.waybill.order.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract at {@code /openapi.json} and {@code /docs} is what the hub does: every example in it is sent to one. */
class OpenApiTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static PortalHub portal;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        portal = PortalHub.running();
        document = Json.mapper()
                .readTree(portal.hub
                        .send("/openapi.json", "Accept-Language", "en")
                        .body());
    }

    @Test
    void every_example_is_answered_as_it_promises_and_with_no_field_that_is_not_told() throws Exception {
        Map<String, String> kept =
                new HashMap<>(Map.of("WAYBILL", portal.address().toString(), "WAYBILL_KEY", portal.admin));
        int sent = 0;
        for (JsonNode call : calls(document)) {
            assertThat(call.path("x-codeSamples"))
                    .as(call.path("operationId").asText())
                    .isNotEmpty();
            for (JsonNode sample : call.path("x-codeSamples")) {
                run(call, sample, kept);
                sent++;
            }
        }
        assertThat(sent).isGreaterThan(90);
    }

    private static void run(JsonNode call, JsonNode sample, Map<String, String> kept) throws Exception {
        String name =
                call.path("operationId").asText() + ", " + sample.path("label").asText();
        HttpResponse<String> answer = sample.has("x-until")
                ? await().until(
                                () -> sent(sample, kept),
                                told -> isThere(told, sample.path("x-until").asText()))
                : sent(sample, kept);
        assertThat(answer.statusCode())
                .as(name + "\n" + answer.body())
                .isEqualTo(sample.path("x-status").asInt());
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode told = call.path("responses").path(String.valueOf(answer.statusCode()));
        assertThat(told.isMissingNode())
                .as(name + " tells of " + answer.statusCode())
                .isFalse();
        if (!type.isEmpty()) {
            assertThat(told.path("content").has(type))
                    .as(name + " tells of " + type + " in " + told)
                    .isTrue();
        }
        JsonNode schema = told.path("content").path(type).path("schema");
        JsonNode body = type.endsWith("json")
                ? Json.mapper().readTree(answer.body())
                : Json.mapper().nullNode();
        if (!schema.isMissingNode()) {
            assertThat(broken(schema, body)).as(name + "\n" + answer.body()).isEmpty();
        }
        sample.path("x-keeps").fields().forEachRemaining(keep -> {
            String value = body.at(keep.getValue().asText()).asText();
            assertThat(value).as(name + " has " + keep).isNotEmpty();
            kept.put(keep.getKey(), value);
        });
    }

    private static boolean isThere(HttpResponse<String> answer, String fact) {
        String[] pair = fact.split("=", 2);
        try {
            return Json.mapper().readTree(answer.body()).at(pair[0]).asText().equals(pair[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command as curl would. */
    private static HttpResponse<String> sent(JsonNode sample, Map<String, String> kept) throws Exception {
        List<String> words = ShellWords.of(sample.path("source").asText(), kept);
        assertThat(words.get(0)).isEqualTo("curl");
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Accept-Language", "en");
        String verb = "GET";
        String body = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> verb = words.get(++i);
                case "--data-binary" -> body = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(": ", 2);
                    request.header(header[0], header[1]);
                }
                default -> request.uri(URI.create(words.get(i)));
            }
        }
        return HTTP.send(request.method(verb, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static Set<String> broken(JsonNode schema, JsonNode body) {
        ObjectNode whole = schema.deepCopy();
        whole.putObject("components").set("schemas", closed(document.at("/components/schemas")));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(closed(whole)).validate(body).stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    /** Nothing may be answered that is not told of. */
    private static JsonNode closed(JsonNode schemas) {
        JsonNode copy = schemas.deepCopy();
        copy.findParents("properties").stream()
                .filter(object -> object.path("properties").isObject()
                        && object.path("type").asText().equals("object")
                        && !object.has("additionalProperties"))
                .forEach(object -> ((ObjectNode) object).put("additionalProperties", false));
        return copy;
    }

    @Test
    void nothing_is_told_of_that_is_not_served() throws Exception {
        Set<String> paths = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        for (String path : paths) {
            if (path.startsWith("/health/") || path.equals("/metrics")) {
                continue; // answered before the gate, and sent as examples above
            }
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(portal.address().resolve(path.replaceAll("\\{\\w+}", "x")))
                            .header("Authorization", "Bearer " + portal.admin)
                            .method(
                                    document.path("paths").path(path).has("patch") ? "DELETE" : "PATCH",
                                    BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            Set<String> verbs = new TreeSet<>();
            paths.stream()
                    .filter(other -> isAlso(path, other))
                    .forEach(other -> document.path("paths")
                            .path(other)
                            .fieldNames()
                            .forEachRemaining(verb -> verbs.add(verb.toUpperCase(Locale.ROOT))));
            assertThat(Set.of(answer.headers().firstValue("Allow").orElse("").split(", ")))
                    .as(path)
                    .isEqualTo(verbs);
        }
        assertThat(told())
                .isEqualTo(calls(document).stream()
                        .map(call -> call.path("operationId").asText())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether what stands in the one place stands in the other too: {@code /disputes/file} in {@code /disputes/{id}}. */
    private static boolean isAlso(String path, String other) {
        String[] one = path.split("/", -1);
        String[] two = other.split("/", -1);
        if (one.length != two.length) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            if (!two[i].startsWith("{") && !two[i].equals(one[i].startsWith("{") ? "x" : one[i])) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> told() throws Exception {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi/calls.yaml")) {
            Map<String, Map<String, Object>> groups = new org.yaml.snakeyaml.Yaml().load(in);
            groups.remove("parameters");
            return groups.values().stream()
                    .flatMap(calls -> calls.keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void it_is_an_openapi_document() throws Exception {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(document.toString());
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(document.path("paths"));
        for (String reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    @Test
    void every_call_parameter_and_header_has_its_words_in_both_languages_and_no_words_are_left_over() throws Exception {
        for (String language : List.of("en", "zh")) {
            JsonNode told = Json.mapper()
                    .readTree(portal.hub
                            .send("/openapi.json", "Accept-Language", language)
                            .body());
            List<String> words = new ArrayList<>(told.findValuesAsText("summary"));
            words.addAll(told.findValuesAsText("description"));
            assertThat(words).noneMatch(text -> text.matches("(call|parameter|header|tag|docs)\\..* \\{}"));
            assertThat(told.at("/paths/~1v1~1orders/get/summary").asText())
                    .matches(language.equals("zh") ? ".*\\p{IsHan}.*" : "[\\x20-\\x7e]*");
        }
        Set<String> used = new HashSet<>();
        for (JsonNode call : calls(document)) {
            used.add("call." + call.path("operationId").asText());
            call.path("tags").forEach(tag -> used.add("tag." + tag.asText()));
            call.path("parameters")
                    .forEach(parameter ->
                            used.add((parameter.path("in").asText().equals("header") ? "header." : "parameter.")
                                    + parameter.path("name").asText()));
            call.path("responses")
                    .forEach(answer ->
                            answer.path("headers").fieldNames().forEachRemaining(name -> used.add("header." + name)));
        }
        Properties texts = new Properties();
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/messages_en.properties")) {
            texts.load(in);
        }
        assertThat(texts.stringPropertyNames())
                .filteredOn(key -> key.matches("(call|parameter|header|tag)\\..*"))
                .isSubsetOf(used);
    }

    @Test
    void the_page_shows_every_call_and_where_the_type_of_every_problem_leads() throws Exception {
        String page = portal.stranger().page("/docs");

        for (JsonNode call : calls(document)) {
            assertThat(page).contains("id=\"" + call.path("operationId").asText() + "\"");
        }
        List<String> codes = document.path("x-problems").findValuesAsText("code");
        assertThat(codes)
                .hasSizeGreaterThan(100)
                .allSatisfy(code -> assertThat(page).contains("id=\"" + code + "\""));
        for (JsonNode call : calls(document)) {
            call.path("x-problems")
                    .forEach(code -> assertThat(codes)
                            .as(call.path("operationId").asText())
                            .contains(code.asText()));
        }
        assertThat(page)
                .contains("labels:buy", "Idempotency-Key", "Retry-After")
                .doesNotContain("href=\"http", "src=\"http");
    }

    private static List<JsonNode> calls(JsonNode document) {
        List<JsonNode> calls = new ArrayList<>();
        document.path("paths").forEach(path -> path.forEach(calls::add));
        calls.sort(Comparator.comparingInt(call -> call.path("x-order").asInt()));
        return calls;
    }
}
