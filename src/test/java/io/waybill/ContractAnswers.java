package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.order.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Holds what a hub answers to what its contract tells of the call, whatever was asked. */
final class ContractAnswers {
    /** With which a server may tell of what is not its own. */
    private static final Set<String> NOT_OURS = Set.of("station-unreachable", "carrier-silent");

    private static final Pattern OF_A_LIBRARY =
            Pattern.compile("\\{[a-z]+}|Exception\\b|fasterxml|\\bjava\\.|\\borg\\.");

    private final JsonNode document;
    private final Set<String> any = new TreeSet<>();
    private final Map<JsonNode, JsonSchema> schemas = new HashMap<>();

    ContractAnswers(JsonNode document) {
        this.document = document;
        this.any.addAll(codes(document.at("/components/responses/Problem")));
    }

    /** Those that the words of an answer list. */
    private static Set<String> codes(JsonNode answer) {
        String words = answer.path("description").asText();
        return Set.of(words.substring(words.indexOf(':') + 1).strip().split("[,.\\s]+"));
    }

    /** What is untrue of an answer, in words; nothing where all is as told. */
    List<String> faults(JsonNode call, HttpResponse<String> answer) throws Exception {
        List<String> faults = new ArrayList<>();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode told = call.path("responses").path(String.valueOf(answer.statusCode()));
        if (type.equals("application/problem+json")) {
            problem(call, told, answer, faults);
        } else if (told.isMissingNode()
                || (!answer.body().isEmpty() && !told.path("content").has(type))) {
            faults.add("tells nothing of " + answer.statusCode() + " " + type);
        }
        JsonNode schema = told.path("content").path(type).path("schema");
        if (type.endsWith("json") && !schema.isMissingNode()) {
            faults.addAll(broken(schema, Json.mapper().readTree(answer.body())));
        }
        return faults;
    }

    private void problem(JsonNode call, JsonNode told, HttpResponse<String> answer, List<String> faults)
            throws Exception {
        JsonNode body = Json.mapper().readTree(answer.body());
        String first = body.at("/errors/0/code").asText();
        if (!any.contains(first) && !codes(told).contains(first)) {
            faults.add("tells nothing of " + first + " with " + answer.statusCode());
        }
        Set<String> codes = new TreeSet<>(any);
        call.path("x-problems").forEach(code -> codes.add(code.asText()));
        for (JsonNode error : body.path("errors")) {
            if (!codes.contains(error.path("code").asText())) {
                faults.add("tells nothing of the code " + error.path("code").asText());
            }
            if (error.path("detail").asText().isBlank()
                    || OF_A_LIBRARY.matcher(error.toString()).find()) {
                faults.add("has no words of its own: " + error);
            }
        }
        if (body.path("title").asText().isBlank() || body.path("status").asInt() != answer.statusCode()) {
            faults.add("has another title or status: " + body.path("title") + " " + body.path("status"));
        }
        if (answer.statusCode() >= 500 && !NOT_OURS.contains(first)) {
            faults.add("failed");
        }
    }

    /** What of a body is not as its schema tells, fields and words that it does not tell of among it. */
    Set<String> broken(JsonNode schema, JsonNode body) {
        Set<String> broken = new TreeSet<>();
        schemas.computeIfAbsent(schema, this::closed).validate(body).forEach(one -> broken.add(one.toString()));
        return broken;
    }

    private JsonSchema closed(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.putObject("components")
                .set("schemas", document.at("/components/schemas").deepCopy());
        whole.findParents("properties").stream()
                .filter(object -> object.path("properties").isObject()
                        && object.path("type").asText().equals("object")
                        && !object.has("additionalProperties"))
                .forEach(object -> ((ObjectNode) object).put("additionalProperties", false));
        whole.findParents("x-extensible-enum")
                .forEach(words -> ((ObjectNode) words).set("enum", words.get("x-extensible-enum")));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
    }
}
