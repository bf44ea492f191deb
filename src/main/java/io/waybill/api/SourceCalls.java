package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import java.util.List;
import java.util.TreeSet;

/** {@code GET /sources}: where the orders come from that this caller sees. */
record SourceCalls(Sources sources) {
    List<Resource> resources() {
        return List.of(Resource.get("/sources", Scope.READ, this::sources));
    }

    private Answer sources(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        for (String name : new TreeSet<>(sources.names())) {
            SourceSettings source = sources.get(name);
            if (request.caller().namespaces().has(source.namespace())) {
                items.addObject()
                        .put("name", name)
                        .put("namespace", source.namespace())
                        .put("mapping", source.mapping());
            }
        }
        return Answer.ok(answer.putNull("next"));
    }
}
