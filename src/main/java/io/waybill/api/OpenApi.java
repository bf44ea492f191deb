package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.order.Json;
import io.waybill.problem.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The interface as an OpenAPI 3.1 document, of the calls that are served: their verb, path, scope and query come from the
 * resources themselves, what they take and answer from {@link Contract}, words from the bundles. What sinks are posted stands
 * under {@code webhooks}. {@code x-codeSamples} are
 * commands that run, in the order of {@code x-order}; {@code x-problems} lists every problem's type.
 */
public final class OpenApi {
    private static final List<String> PROBES = List.of("/health/live", "/health/started", "/health/ready", "/metrics");

    private final Map<String, Served> served = new TreeMap<>();
    private final Map<Locale, JsonNode> written = new ConcurrentHashMap<>();

    /**
     * @param v1 the calls under {@code /v1}
     * @param root those outside it; this document's own and the probes are added
     */
    public OpenApi(List<Resource> v1, List<Resource> root) {
        v1.forEach(call -> served.put(call.id(), Served.of("/v1", call)));
        Stream.concat(root.stream(), Stream.of(resource())).forEach(call -> served.put(call.id(), Served.of("", call)));
        PROBES.forEach(path -> served.put("get" + path.replace('/', '.'), Served.probe(path)));
    }

    /** {@code GET /openapi.json}, for anyone. */
    public Resource resource() {
        return new Resource(
                "get",
                "/openapi.json",
                Optional.empty(),
                request -> Answer.bytes(
                        "application/json", in(request.language()).toString().getBytes(UTF_8)));
    }

    /** The document, with its words in this language. Do not change it. */
    public JsonNode in(Locale language) {
        return written.computeIfAbsent(language, this::document);
    }

    private JsonNode document(Locale language) {
        Messages messages = Messages.in(language);
        Contract contract = Contract.read();
        ObjectNode document = Json.mapper().createObjectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", messages.text("docs.title"))
                .put("version", "1")
                .put("description", messages.text("docs.words"))
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        ArrayNode tags = document.putArray("tags");
        ObjectNode paths = document.putObject("paths");
        Map<String, Served> untold = new TreeMap<>(served);
        contract.groups().fields().forEachRemaining(group -> {
            tags.addObject().put("name", group.getKey()).put("description", messages.text("tag." + group.getKey()));
            group.getValue().fields().forEachRemaining(told -> {
                Served call = untold.remove(told.getKey());
                if (call != null) {
                    put(paths, group.getKey(), new Operation(contract, messages, call, told.getValue()));
                }
            });
        });
        untold.values()
                .forEach(
                        call -> put(paths, "root", new Operation(contract, messages, call, MissingNode.getInstance())));
        EventHooks hooks = new EventHooks(messages);
        document.set("webhooks", hooks.tree());
        components(document.putObject("components"), contract, hooks, messages);
        document.putArray("security").add(need("key")).add(need("header")).add(need("session"));
        problems(document.putArray("x-problems"), messages);
        return document;
    }

    private static void put(ObjectNode paths, String tag, Operation operation) {
        int order = 0;
        for (JsonNode path : paths) {
            order += path.size();
        }
        ObjectNode tree = operation.tree().put("x-order", order);
        tree.putArray("tags").add(tag);
        paths.withObjectProperty(operation.call().path()).set(operation.call().verb(), tree);
    }

    private static void components(ObjectNode components, Contract contract, EventHooks hooks, Messages messages) {
        ObjectNode schemas = contract.schemas();
        hooks.addSchemas(schemas);
        components.set("schemas", schemas);
        ObjectNode any = components.putObject("responses").putObject("Problem");
        any.put("description", messages.text("docs.refused", "codes", String.join(", ", Operation.ANY)));
        any.putObject("content")
                .putObject(ProblemJson.MEDIA_TYPE)
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", messages.text("docs.key"));
        schemes.putObject("header").put("type", "apiKey").put("in", "header").put("name", "X-Api-Key");
        schemes.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", SessionCookie.NAME)
                .put("description", messages.text("docs.session"));
    }

    private static ObjectNode need(String scheme) {
        ObjectNode need = Json.mapper().createObjectNode();
        need.putArray(scheme);
        return need;
    }

    private static void problems(ArrayNode problems, Messages messages) {
        for (String code : messages.codes()) {
            problems.addObject().put("code", code).put("type", "/docs#" + code).put("text", messages.template(code));
        }
    }

    /**
     * @param scope what a caller must be allowed, {@code orders:write, labels:buy}; empty where any key will do, or none
     * @param keyed whether it is refused without a key
     * @param probe whether it is answered before the gate
     */
    record Served(String id, String verb, String path, String scope, boolean keyed, boolean probe, List<String> query) {
        static Served of(String base, Resource call) {
            return new Served(
                    call.id(),
                    call.verb(),
                    base + call.path(),
                    Stream.concat(call.scope().stream(), call.also().stream())
                            .map(Scope::text)
                            .collect(Collectors.joining(", ")),
                    !base.isEmpty(),
                    false,
                    call.query() == null ? List.of() : call.query());
        }

        static Served probe(String path) {
            return new Served("get" + path.replace('/', '.'), "get", path, "", false, true, List.of());
        }
    }
}
