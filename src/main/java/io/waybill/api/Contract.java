package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code openapi/calls.yaml} and {@code openapi/schemas.yaml} tell of the calls; read when it is first asked for. */
final class Contract {
    /** By the schema each is in the jar, what it is called here: {@code Order} is what a call answers. */
    private static final Map<String, String> SHARED =
            Map.of("order", "CanonicalOrder", "packing", "packing", "shipment-import", "shipment-import");

    private static final String COMPONENTS = "#/components/schemas/";

    private static final String GROUP = "$";

    private final JsonNode parameters;
    private final JsonNode problems;
    private final JsonNode groups;
    private final ObjectNode schemas;

    private Contract() {
        ObjectNode calls = yaml("calls");
        this.parameters = calls.remove("parameters");
        this.problems = calls.remove("problems");
        this.groups = calls;
        this.schemas = yaml("schemas");
        schemas.fields().forEachRemaining(schema -> point(schema.getValue()));
        new TreeMap<>(SHARED).keySet().forEach(this::addShared);
        schemas.set("RateWish", unnumbered(shared("order")));
        schemas.set("OrderPatch", patch(shared("order")));
        schemas.set("AddressWish", unasked((ObjectNode) shared("order").at("/$defs/address")));
    }

    private static final class Read {
        static final Contract CONTRACT = new Contract();
    }

    static Contract read() {
        return Read.CONTRACT;
    }

    /** Group, then call by its {@link Resource#id}, both in the order they are shown and their examples run. */
    JsonNode groups() {
        return groups;
    }

    ObjectNode schemas() {
        return schemas.deepCopy();
    }

    /** A text where nothing else is said. */
    JsonNode parameter(String name) {
        return parameters.has(name)
                ? parameters.get(name)
                : Json.mapper().createObjectNode().put("type", "string");
    }

    /** Codes, each once; {@code $name} among them is all of that group. */
    Set<String> problems(Iterable<JsonNode> named) {
        Set<String> codes = new LinkedHashSet<>();
        for (JsonNode one : named) {
            String code = one.asText();
            if (code.startsWith(GROUP)) {
                codes.addAll(group(code.substring(GROUP.length())));
            } else {
                codes.add(code);
            }
        }
        return codes;
    }

    /** None where no group has this name. */
    Set<String> group(String name) {
        return problems(problems.path(name));
    }

    /** {@code [Name]} is a page of a list. */
    static ObjectNode schema(JsonNode named) {
        ObjectNode schema = Json.mapper().createObjectNode();
        if (!named.isArray()) {
            return schema.put("$ref", COMPONENTS + named.asText());
        }
        schema.put("title", named.path(0).asText() + "Page");
        ObjectNode fields = schema.put("type", "object").putObject("properties");
        fields.putObject("items")
                .put("type", "array")
                .putObject("items")
                .put("$ref", COMPONENTS + named.path(0).asText());
        fields.putObject("next").putArray("type").add("string").add("null");
        schema.putArray("required").add("items").add("next");
        return schema;
    }

    /** Each of its parts under a name of its own: a generated client has one class for each name. */
    private void addShared(String name) {
        ObjectNode schema = shared(name);
        JsonNode parts = schema.path("$defs");
        schema.remove("$defs");
        schemas.set(SHARED.get(name), schema);
        parts.properties().forEach(part -> schemas.set(SHARED.get(name) + "." + part.getKey(), part.getValue()));
    }

    /** With its parts beside it, that it refers to as components. */
    private static ObjectNode shared(String name) {
        ObjectNode schema = (ObjectNode) json("/schemas/" + name + "-1.schema.json");
        schema.remove(List.of("$schema", "$id"));
        move(schema, "#/$defs/", COMPONENTS + SHARED.get(name) + ".");
        // One or the other says the same of a text and a number, but what is generated reads "12.50" as both and
        // refuses it.
        schema.findParents("oneOf").forEach(either -> ((ObjectNode) either).set("anyOf", either.get("oneOf")));
        schema.findParents("oneOf").forEach(either -> ((ObjectNode) either).remove("oneOf"));
        return schema;
    }

    /** What is only priced needs no number. */
    private static ObjectNode unnumbered(ObjectNode order) {
        order.remove(List.of("title", "description", "$defs"));
        order.putArray("required").add("shipTo");
        return order;
    }

    /** A merge patch (RFC 7396): any of its fields, in its objects too, and null for what is to be taken away. */
    private static ObjectNode patch(ObjectNode order) {
        JsonNode shared = order.remove("$defs");
        order.remove(List.of("title", "description"));
        return patch(order, shared);
    }

    private static ObjectNode patch(ObjectNode object, JsonNode shared) {
        ObjectNode fields = (ObjectNode) unasked(object).path("properties");
        fields.properties().forEach(field -> field.setValue(orNull(field.getValue(), shared)));
        return object;
    }

    private static ObjectNode orNull(JsonNode field, JsonNode shared) {
        String reference = field.path("$ref").asText();
        JsonNode meant = shared.path(reference.substring(reference.lastIndexOf('.') + 1));
        JsonNode whole = meant.isMissingNode() ? field : meant;
        ObjectNode either = Json.mapper().createObjectNode();
        either.putArray("anyOf")
                .add(whole.has("properties") ? patch(whole.deepCopy(), shared) : field)
                .addObject()
                .put("type", "null");
        return either;
    }

    /** Nothing of it need be given. */
    private static ObjectNode unasked(ObjectNode object) {
        object.remove("required");
        return object;
    }

    private static void point(JsonNode node) {
        move(node, "", COMPONENTS);
    }

    /** Gives every reference that begins with {@code from} another beginning. */
    private static void move(JsonNode node, String from, String to) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String reference = object.get("$ref").textValue();
            if (reference.startsWith(from) && !reference.startsWith(to)) {
                object.put("$ref", to + reference.substring(from.length()));
            }
        }
        for (Iterator<JsonNode> inside = node.elements(); inside.hasNext(); ) {
            move(inside.next(), from, to);
        }
    }

    private static ObjectNode yaml(String name) {
        try (InputStream in = open("/openapi/" + name + ".yaml")) {
            Map<?, ?> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return Json.mapper().valueToTree(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String resource) {
        try (InputStream in = open(resource)) {
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = Contract.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is not in the jar");
        }
        return in;
    }
}
