package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One call in the document. */
record Operation(Contract contract, Messages messages, OpenApi.Served call, JsonNode facts) {
    /** What any call may be refused with. */
    static final List<String> ANY = List.of(
            "key-missing",
            "key-refused",
            "scope-missing",
            "request-unreadable",
            "repeated-header",
            "unknown-parameter",
            "too-many-tries",
            "hub-busy",
            "hub-failed",
            "database-gone",
            "database-outgrown",
            "hub-stopping");

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /** What is asked for page by page or, whole, as a table. */
    private static final List<String> TABLE = List.of("format", "cursor");

    private static final List<String> TABLES = List.of("text/csv", Listed.XLSX);

    ObjectNode tree() {
        ObjectNode tree = Json.mapper()
                .createObjectNode()
                .put("operationId", call.id())
                .put("summary", messages.text("call." + call.id()));
        if (!call.keyed()) {
            tree.putArray("security");
        }
        if (!call.scope().isEmpty()) {
            tree.put("x-scope", call.scope());
        }
        parameters(tree.putArray("parameters"));
        if (facts.has("body")) {
            body(tree.putObject("requestBody"));
        }
        answers(tree.putObject("responses"));
        tree.set("x-problems", codes());
        ArrayNode samples = tree.putArray("x-codeSamples");
        facts.path("examples").forEach(example -> sample(samples.addObject(), example));
        return tree;
    }

    private void parameters(ArrayNode parameters) {
        PARAMETER
                .matcher(call.path())
                .results()
                .forEach(found -> parameter(parameters, "path", found.group(1)).put("required", true));
        Set<String> needs = new HashSet<>();
        facts.path("needs").forEach(name -> needs.add(name.asText()));
        for (String name : call.query()) {
            ObjectNode parameter = parameter(parameters, "query", name);
            parameter.withObjectProperty("schema").setAll(taken(name));
            if (needs.contains(name)) {
                parameter.put("required", true);
            }
        }
        facts.path("headers")
                .forEach(name -> parameters
                        .addObject()
                        .put("name", name.asText())
                        .put("in", "header")
                        .put("description", messages.text("header." + name.asText()))
                        .putObject("schema")
                        .put("type", "string"));
    }

    /** What the call itself says of a parameter. */
    private ObjectNode taken(String name) {
        return facts.at("/takes/" + name) instanceof ObjectNode own
                ? own.deepCopy()
                : Json.mapper().createObjectNode();
    }

    private ObjectNode parameter(ArrayNode parameters, String in, String name) {
        ObjectNode parameter = parameters
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("description", messages.text("parameter." + name));
        parameter.set("schema", contract.parameter(name).deepCopy());
        return parameter;
    }

    private void body(ObjectNode body) {
        body.put("required", !facts.at("/body/optional").asBoolean());
        ObjectNode medias = body.putObject("content");
        ObjectNode content = medias.putObject(facts.at("/body/media").asText());
        content.set(
                "schema",
                facts.at("/body").has("schema")
                        ? Contract.schema(facts.at("/body/schema"))
                        : bare(facts.at("/body/media").asText()));
        ObjectNode examples = content.putObject("examples");
        for (JsonNode example : facts.path("examples")) {
            if (example.has("body")) {
                examples.putObject(example.path("name").asText().replace(' ', '-'))
                        .put("summary", example.path("name").asText())
                        .set("value", example.get("body").deepCopy());
            }
        }
        facts.at("/body/also").forEach(type -> bare(medias, type.asText()));
    }

    private void answers(ObjectNode responses) {
        facts.path("answers").fields().forEachRemaining(answer -> {
            ObjectNode response = responses.putObject(answer.getKey()).put("description", messages.text("docs.done"));
            headers(response);
            content(response, answer.getValue());
        });
        refusals()
                .forEach((status, codes) -> responses
                        .putObject(String.valueOf(status))
                        .put("description", messages.text("docs.refused", "codes", String.join(", ", codes)))
                        .putObject("content")
                        .putObject(ProblemJson.MEDIA_TYPE)
                        .putObject("schema")
                        .put("$ref", "#/components/schemas/Problem"));
        if (!call.probe()) {
            responses.putObject("default").put("$ref", "#/components/responses/Problem");
        }
    }

    private void headers(ObjectNode response) {
        facts.path("gives").forEach(name -> header(response, name.asText()));
        if (call.query().containsAll(TABLE)) {
            header(response, "X-Next-Cursor");
        }
    }

    private void header(ObjectNode response, String name) {
        response.withObjectProperty("headers")
                .putObject(name)
                .put("description", messages.text("header." + name))
                .putObject("schema")
                .put("type", "string");
    }

    private void content(ObjectNode response, JsonNode answer) {
        if (answer.isObject()) {
            JsonNode media = answer.path("media");
            if (media.isArray()) {
                ObjectNode content = response.putObject("content");
                media.forEach(type -> bare(content, type.asText()));
            } else if (!media.isMissingNode()) {
                bare(response.putObject("content"), media.asText());
            }
            return;
        }
        ObjectNode content = response.putObject("content");
        ObjectNode json = content.putObject("application/json");
        json.set("schema", Contract.schema(answer));
        if (call.verb().equals("get") && call.query().contains("format")) {
            TABLES.forEach(type -> bare(content, type));
        }
    }

    private static void bare(ObjectNode content, String media) {
        content.putObject(media).set("schema", bare(media));
    }

    /** Of what no schema is written for: generators make nothing at all of a body without one, and bytes of this. */
    private static ObjectNode bare(String media) {
        ObjectNode schema = Json.mapper().createObjectNode();
        return media.equals("application/json")
                ? schema.put("type", "object")
                : schema.put("type", "string").put("format", "binary");
    }

    private Map<Integer, List<String>> refusals() {
        Map<Integer, List<String>> byStatus = new TreeMap<>();
        for (String code : problems()) {
            int status = Statuses.of(List.of(new Problem(code, null, Map.of())));
            byStatus.computeIfAbsent(status, first -> new ArrayList<>()).add(code);
        }
        return byStatus;
    }

    private ArrayNode codes() {
        ArrayNode codes = Json.mapper().createArrayNode();
        problems().forEach(codes::add);
        return codes;
    }

    /** Those of the call itself, and those of whatever has a query or a body like its own. */
    private Set<String> problems() {
        Set<String> codes = contract.problems(facts.path("problems"));
        if (!call.query().isEmpty()) {
            codes.addAll(contract.group("query"));
        }
        if (call.query().containsAll(TABLE)) {
            codes.addAll(contract.group("table"));
        }
        if (facts.has("body")) {
            JsonNode body = facts.get("body");
            codes.addAll(contract.group("body"));
            if (body.path("media").asText().equals("application/json")) {
                codes.addAll(contract.group("json"));
            }
            codes.addAll(contract.group(body.path("schema").asText()));
        } else if (!call.scope().isEmpty()) {
            codes.addAll(contract.group("no-body"));
        }
        return codes;
    }

    private void sample(ObjectNode sample, JsonNode example) {
        sample.put("lang", "Shell")
                .put("label", example.path("name").asText())
                .put("source", CurlLine.of(call.verb(), call.path(), facts, example))
                .put("x-status", example.path("status").asInt());
        for (String more : List.of("keeps", "until")) {
            if (example.has(more)) {
                sample.set("x-" + more, example.get(more).deepCopy());
            }
        }
    }
}
