package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutboxBook;
import java.util.List;
import java.util.TreeSet;

/** {@code GET /sources} and {@code GET /sinks}: where orders come from and who is told, of what this caller sees. */
record SourceCalls(Ledger ledger, Sources sources) {
    List<Resource> resources() {
        return List.of(
                Resource.get("/sources", Scope.READ, this::sources), Resource.get("/sinks", Scope.READ, this::sinks));
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

    /** Those that are owed anything. */
    private Answer sinks(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        ledger.<List<OutboxBook.Backlog>>read(
                        tx -> tx.day().sinks(request.caller().namespaces()))
                .forEach(sink -> items.add(view(sink)));
        return Answer.ok(answer.putNull("next"));
    }

    static ObjectNode view(OutboxBook.Backlog sink) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sink", sink.sink())
                .put("waiting", sink.waiting())
                .put("parked", sink.parked())
                .put("oldest", sink.oldest() == null ? null : sink.oldest().toString());
    }
}
