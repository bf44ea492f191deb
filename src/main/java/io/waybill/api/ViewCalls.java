package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ViewBook;
import io.waybill.order.Json;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /views}: what the caller looks for among orders again and again, under names of theirs. Nobody else sees them. */
record ViewCalls(Ledger ledger) {
    private static final int MOST = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 200;

    List<Resource> resources() {
        return List.of(
                Resource.get("/views", Scope.READ, this::list),
                Resource.post("/views", Scope.READ, this::keep),
                Resource.delete("/views/{id}", Scope.READ, this::forget));
    }

    private Answer list(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        views(request).forEach(row -> items.add(view(row)));
        return Answer.ok(answer.putNull("next"));
    }

    /** By name and namespaces, so that a renewed key has its views and a namesake of others does not. */
    private static String owner(Caller caller) {
        return caller.namespaces().all()
                ? caller.name()
                : Sha256.of(String.join(",", caller.namespaces().names()) + "/" + caller.name());
    }

    private List<ViewBook.Row> views(Request request) {
        return ledger.read(tx -> tx.views().of(owner(request.caller())));
    }

    /** {@code {name, filter}}; a view of the same name is replaced. */
    private Answer keep(Request request) {
        JsonNode body = Fields.among(Said.in(request.body()), "name", "filter");
        String name = Fields.text(body, "name").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw Request.badParameter("name", name, "legal.characters", "most", LONGEST_NAME);
        }
        List<ViewBook.Row> kept = views(request);
        if (kept.size() >= MOST && kept.stream().noneMatch(view -> view.name().equals(name))) {
            throw Request.badParameter("name", name, "legal.views", "most", MOST);
        }
        String filter = filter(request, body.path("filter")).toString();
        String id = ledger.commit(tx -> tx.views().keep(owner(request.caller()), name, filter));
        return Answer.json(201, view(new ViewBook.Row(id, name, filter)));
    }

    /** Only what a list of orders is asked by; where it stood in the list is no part of a view. */
    private static ObjectNode filter(Request request, JsonNode asked) {
        if (!asked.isObject() && !asked.isMissingNode()) {
            throw Request.badParameter("filter", asked.toString(), String.join(", ", OrderCalls.FILTERS));
        }
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> part : asked.properties()) {
            String value = part.getValue().asText("");
            if (part.getValue().isContainerNode()
                    || !OrderCalls.FILTERS.contains(part.getKey())
                    || value.length() > LONGEST_VALUE) {
                throw Request.badParameter("filter." + part.getKey(), value, String.join(", ", OrderCalls.FILTERS));
            }
            if (!value.isBlank()) {
                filter.put(part.getKey(), value.strip());
            }
        }
        requireTaken(request, filter);
        return filter;
    }

    /** A list that refuses it would do so whenever its maker looks. */
    private static void requireTaken(Request request, ObjectNode filter) {
        Map<String, String> parts = new HashMap<>();
        filter.properties()
                .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
        try {
            OrderCalls.requireFilter(request, parts);
        } catch (ProblemException refused) {
            throw new ProblemException(refused.problems().stream()
                    .map(problem ->
                            problem.with("name", "filter." + problem.values().get("name")))
                    .toList());
        }
    }

    private Answer forget(Request request) {
        String id = request.parameter("id");
        if (!ledger.commit(tx -> tx.views().forget(owner(request.caller()), id))) {
            throw new ProblemException(Problem.of(ApiCode.VIEW_NOT_FOUND, "id", id));
        }
        return Answer.empty(204);
    }

    private static ObjectNode view(ViewBook.Row row) {
        ObjectNode view =
                JsonNodeFactory.instance.objectNode().put("id", row.id()).put("name", row.name());
        return view.set("filter", Json.kept(row.filter()));
    }
}
