package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code /openapi.json} says of a parameter or a body, its words, its bounds and whether it may be left out, is what the hub takes. */
class OpenApiParametersTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> NEEDED = Map.of(
            "account", "sandbox", "orderId", "none", "source", "local", "asOf", "2026-11-01", "station", "bench-1");

    /** A list of words, a currency, a moment or a place in a list: more than one word of a set. */
    private static final Set<String> OPEN = Set.of("by", "currency", "cursor", "since", "until", "from", "to");

    private static PortalHub portal;
    private static JsonNode document;

    /** One parameter of a call's query. */
    private record Parameter(String path, String verb, String name, boolean required, JsonNode schema) {
        @Override
        public String toString() {
            return verb + " " + path + " " + name;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        portal = PortalHub.running();
        document = Json.mapper()
                .readTree(portal.hub
                        .send("/openapi.json", "Accept-Language", "en")
                        .body());
    }

    @Test
    void the_words_of_a_closed_set_are_all_told_and_no_others_are_taken() throws Exception {
        int sets = 0;
        for (Parameter parameter : parameters()) {
            JsonNode refused = refused(parameter, "zz");
            if (parameter.schema().has("enum")) {
                Set<String> told = new TreeSet<>();
                parameter.schema().path("enum").forEach(word -> told.add(word.asText()));
                assertThat(told).as("%s in %s", parameter, refused).isEqualTo(expected(refused, told));
                sets++;
            } else if (parameter.schema().path("type").asText().equals("string")
                    && !parameter.schema().has("format")
                    && !OPEN.contains(parameter.name())) {
                assertThat(refused.path("code").asText()).as("%s", parameter).isNotEqualTo("bad-parameter");
            }
        }
        assertThat(sets).isGreaterThan(15);
    }

    /** Of a call whose row is not there the words cannot be asked for. */
    private static Set<String> expected(JsonNode refused, Set<String> told) {
        return refused.path("code").asText().endsWith("-not-found")
                ? told
                : Set.copyOf(List.of(refused.path("expected").asText().split(", ", -1)));
    }

    @Test
    void a_number_beyond_its_bounds_a_moment_for_a_day_and_a_word_for_a_switch_are_refused() throws Exception {
        for (Parameter parameter : parameters()) {
            JsonNode schema = parameter.schema();
            if (schema.path("type").asText().equals("integer")) {
                assertThat(schema.has("maximum")).as("%s", parameter).isTrue();
                bad(parameter, String.valueOf(schema.path("maximum").asInt() + 1));
                bad(parameter, String.valueOf(schema.path("minimum").asInt() - 1));
                good(parameter, schema.path("maximum").asText());
                good(parameter, schema.path("minimum").asText());
            } else if (schema.path("type").asText().equals("boolean")) {
                bad(parameter, "perhaps");
            } else if (schema.path("format").asText().equals("date")) {
                bad(parameter, "2026-11-24T08:00:00Z");
                good(parameter, "2026-11-01");
            }
            for (JsonNode example : schema.path("examples")) {
                good(parameter, example.asText());
            }
        }
    }

    @Test
    void what_cannot_be_left_out_is_told_as_required_and_nothing_else_is() throws Exception {
        for (Parameter parameter : parameters()) {
            HttpResponse<String> without = sent(parameter, null);
            boolean missed = without.body().contains("missing-parameter")
                    && without.body().contains("the parameter " + parameter.name() + " ");
            if (!without.body().contains("-not-found")) {
                assertThat(parameter.required())
                        .as("%s %s", parameter, without.body())
                        .isEqualTo(missed);
            }
        }
    }

    @Test
    void a_body_that_cannot_be_left_out_is_told_as_required_and_another_is_not() throws Exception {
        int bodies = 0;
        for (String path : (Iterable<String>) document.path("paths")::fieldNames) {
            for (Map.Entry<String, JsonNode> call :
                    document.path("paths").path(path).properties()) {
                JsonNode body = call.getValue().path("requestBody");
                if (!body.path("content").has("application/json") || path.startsWith("/hooks")) {
                    continue;
                }
                String code = code(sent(call.getKey(), path.replaceAll("\\{\\w+}", "x"), ""));
                boolean isFound = code.endsWith("-not-found") || code.endsWith("-not-your-namespace");
                assertThat(body.path("required").asBoolean() || isFound || code.isEmpty())
                        .as("%s %s answers %s", call.getKey(), path, code)
                        .isTrue();
                assertThat(body.path("required").asBoolean() && code.isEmpty()).isFalse();
                bodies++;
            }
        }
        assertThat(bodies).isGreaterThan(20);
        assertThat(sent("post", "/v1/accounts/on", "").statusCode()).isEqualTo(200);
    }

    @Test
    void who_reads_chinese_is_told_in_chinese_what_was_expected() throws Exception {
        for (Parameter parameter : parameters()) {
            for (String value : List.of("zz", "%20")) {
                inChinese(parameter, sent(parameter, value, "zh"));
            }
            inChinese(parameter, sent(parameter, null, "zh"));
        }
    }

    private static void inChinese(Parameter parameter, HttpResponse<String> answer) throws Exception {
        String expected = answer.statusCode() < 400
                ? ""
                : Json.mapper().readTree(answer.body()).at("/errors/0/expected").asText();
        assertThat(expected).as("%s: %s", parameter, answer.body()).doesNotContainPattern("[a-z]+ [a-z]+ [a-z]+");
    }

    @Test
    void figures_for_a_stranger_are_refused_with_the_status_that_is_told() throws Exception {
        HttpResponse<String> far = portal.hub.send("/metrics", "Via", "1.1 proxy");

        assertThat(far.statusCode()).isEqualTo(401);
        assertThat(document.at("/paths/~1metrics/get/responses/401/description").asText())
                .contains(code(far));
    }

    private static List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(call -> call.getValue().path("parameters").forEach(one -> {
                            if (one.path("in").asText().equals("query")) {
                                parameters.add(new Parameter(
                                        path.getKey(),
                                        call.getKey(),
                                        one.path("name").asText(),
                                        one.path("required").asBoolean(),
                                        one.path("schema")));
                            }
                        })));
        return parameters;
    }

    private static void bad(Parameter parameter, String value) throws Exception {
        String code = refused(parameter, value).path("code").asText();
        assertThat(code.equals("bad-parameter") || code.equals("empty-document") || code.endsWith("-not-found"))
                .as("%s=%s: %s", parameter, value, code)
                .isTrue();
    }

    private static void good(Parameter parameter, String value) throws Exception {
        assertThat(refused(parameter, value).path("code").asText())
                .as("%s=%s", parameter, value)
                .isNotEqualTo("bad-parameter");
    }

    private static JsonNode refused(Parameter parameter, String value) throws Exception {
        HttpResponse<String> answer = sent(parameter, value);
        return answer.statusCode() < 400
                ? Json.mapper().createObjectNode()
                : Json.mapper().readTree(answer.body()).at("/errors/0");
    }

    private static String code(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() < 400
                ? ""
                : Json.mapper().readTree(answer.body()).at("/errors/0/code").asText();
    }

    private static HttpResponse<String> sent(Parameter parameter, @Nullable String value) throws Exception {
        return sent(parameter, value, "en");
    }

    /** With what the call needs beside it. */
    private static HttpResponse<String> sent(Parameter parameter, @Nullable String value, String language)
            throws Exception {
        JsonNode call = document.path("paths").path(parameter.path()).path(parameter.verb());
        String others = StreamSupport.stream(call.path("parameters").spliterator(), false)
                .filter(one -> one.path("required").asBoolean()
                        && one.path("in").asText().equals("query")
                        && !one.path("name").asText().equals(parameter.name()))
                .map(one -> one.path("name").asText() + "="
                        + NEEDED.get(one.path("name").asText()))
                .collect(Collectors.joining("&"));
        if (parameter.path().equals("/v1/invoices")
                && parameter.verb().equals("post")
                && !parameter.name().equals("mapping")) {
            others += "&mapping=none";
        }
        String query = value == null ? others : others + "&" + parameter.name() + "=" + value;
        return sent(parameter.verb(), parameter.path().replaceAll("\\{\\w+}", "x") + "?" + query, "", language);
    }

    private static HttpResponse<String> sent(String verb, String path, String body) throws Exception {
        return sent(verb, path, body, "en");
    }

    private static HttpResponse<String> sent(String verb, String path, String body, String language) throws Exception {
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(portal.address() + path))
                .headers("Authorization", "Bearer " + portal.admin, "Accept-Language", language)
                .method(verb.toUpperCase(Locale.ROOT), BodyPublishers.ofString(body));
        return HTTP.send(call.build(), BodyHandlers.ofString());
    }
}
