package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.api.OpenApi;
import io.waybill.order.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the document says of the events that sinks are posted. */
final class EventSchemas {
    private static final JsonNode DOCUMENT = in(Locale.ENGLISH);

    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private EventSchemas() {}

    static JsonNode in(Locale language) {
        return new OpenApi(List.of(), List.of()).in(language);
    }

    /** What of an event is otherwise than it is told, or not told of at all. */
    static Set<String> broken(JsonNode event) {
        return SCHEMAS
                .computeIfAbsent(event.path("type").asText(), EventSchemas::schema)
                .validate(Json.kept(event.toString()))
                .stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private static JsonSchema schema(String type) {
        ObjectNode schema = DOCUMENT.path("webhooks")
                .path(type)
                .at("/post/requestBody/content/application~1cloudevents+json/schema")
                .deepCopy();
        ObjectNode schemas = DOCUMENT.at("/components/schemas").deepCopy();
        schemas.findParents("properties").stream()
                .filter(object -> object.path("type").asText().equals("object") && !object.has("additionalProperties"))
                .forEach(object -> ((ObjectNode) object).put("additionalProperties", false));
        schema.putObject("components").set("schemas", schemas);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
    }
}
