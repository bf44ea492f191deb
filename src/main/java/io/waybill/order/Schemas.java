package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schemas that ship with the hub, each read and compiled once. */
final class Schemas {
    static final List<String> NAMES =
            List.of("order/1", "packing/1", "tracking-event/1", "invoice-line/1", "shipment-import/1");
    private static final Map<String, JsonSchema> COMPILED = compile();

    private Schemas() {}

    static JsonSchema named(String name) {
        JsonSchema found = COMPILED.get(name);
        if (found == null) {
            throw new ProblemException(
                    Problem.of(OrderCode.UNKNOWN_SCHEMA, "name", Seen.text(name), "known", String.join(", ", NAMES)));
        }
        return found;
    }

    /** The schema document with this {@code $id}, {@code urn:waybill:order:1}. */
    static JsonNode withId(String id) {
        return named(id.substring("urn:waybill:".length()).replace(':', '/')).getSchemaNode();
    }

    private static Map<String, JsonSchema> compile() {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
        Map<String, JsonSchema> compiled = new TreeMap<>();
        for (String name : NAMES) {
            JsonSchema schema = factory.getSchema(read(name), config);
            schema.initializeValidators();
            compiled.put(name, schema);
        }
        return Map.copyOf(compiled);
    }

    private static JsonNode read(String name) {
        String resource = "/schemas/" + name.replace('/', '-') + ".schema.json";
        try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
