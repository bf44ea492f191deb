package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.Trial;
import io.waybill.ledger.DeliveryBook.Backlog;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code /sinks}: who is told of what this caller sees, what waits for each, and trying one. */
record SinkCalls(Ledger ledger, Delivery delivery) {
    List<Resource> resources() {
        return List.of(
                Resource.get("/sinks", Scope.READ, this::list),
                Resource.act("/sinks/{name}/test", Scope.ADMIN, this::test));
    }

    /** Those of the settings by their names, then those the settings no longer have and that are owed something. */
    private Answer list(Request request) {
        Namespaces scope = request.caller().namespaces();
        Map<String, Backlog> owed = new LinkedHashMap<>();
        ledger.<List<Backlog>>read(tx -> tx.day().sinks(scope)).forEach(sink -> owed.put(sink.sink(), sink));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        for (Delivery.Configured sink : delivery.sinks(scope)) {
            Backlog backlog = owed.remove(sink.name());
            ObjectNode view = view(backlog == null ? new Backlog(sink.name(), 0, 0, null) : backlog);
            new TreeSet<>(sink.namespaces()).stream().filter(scope::has).forEach(view.putArray("namespaces")::add);
            new TreeSet<>(sink.events()).forEach(view.putArray("events")::add);
            items.add(view);
        }
        owed.values().forEach(gone -> items.add(view(gone)));
        return Answer.ok(answer.putNull("next"));
    }

    /** Whatever comes of it is the answer and no problem of the call. */
    private Answer test(Request request) {
        Trial trial = delivery.test(
                request.parameter("name"),
                request.caller().namespaces(),
                request.caller().name());
        return Answer.ok(JsonNodeFactory.instance
                .objectNode()
                .put("sink", request.parameter("name"))
                .put("event", trial.event().id())
                .put("type", trial.event().type())
                .put("subject", trial.event().subject())
                .put("taken", trial.why() == null)
                .put("why", trial.why())
                .put("milliseconds", trial.took().toMillis()));
    }

    static ObjectNode view(Backlog sink) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sink", sink.sink())
                .put("waiting", sink.waiting())
                .put("parked", sink.parked())
                .put("oldest", sink.oldest() == null ? null : sink.oldest().toString());
    }
}
