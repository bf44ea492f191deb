package io.waybill.edge;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Map;

/** What a {@link Poll} asks its system: for a page of what changed, and for what is missing of a document. */
record PolledSystem(PollPlan plan, HttpSystem system, MappingVerb.Mapper mapper) {
    /** Where GraphQL answers the question for one thing by its id. */
    private static final JsonPointer NODE = JsonPointer.compile("/data/node");

    HttpSystem.Said page(Poll.Cursor cursor) throws Exception {
        String path = cursor.path() == null ? plan.path(cursor.since(), cursor.page(), cursor.after()) : cursor.path();
        if (plan.ask() == null) {
            return system.call("GET", path, null);
        }
        ObjectNode wish = JsonNodeFactory.instance
                .objectNode()
                .put("since", plan.written(cursor.since()))
                .put("after", cursor.after().isEmpty() ? null : cursor.after());
        if (cursor.page() > 1) {
            wish.put("page", cursor.page());
        }
        wish.set("facts", system.facts());
        return system.call("POST", path, question(plan.ask(), wish));
    }

    /** A document with what the list of its page leaves out. */
    JsonNode whole(JsonNode item) throws Exception {
        if (plan.details().isEmpty() && plan.more().isEmpty()) {
            return item;
        }
        ObjectNode whole = item.deepCopy();
        for (Map.Entry<String, String> more : plan.more().entrySet()) {
            complete(whole, JsonPointer.compile(more.getKey()), more.getValue());
        }
        for (Map.Entry<String, String> detail : plan.details().entrySet()) {
            JsonNode said = system.call("GET", PollPlan.detail(detail.getValue(), item), null)
                    .body();
            whole.set(detail.getKey(), said.isMissingNode() ? JsonNodeFactory.instance.arrayNode() : said);
        }
        return whole;
    }

    /** Reads a list of GraphQL to its end, as its Cursor Connections say: nodes, and a pageInfo with hasNextPage and endCursor. */
    private void complete(ObjectNode whole, JsonPointer list, String mapping) throws Exception {
        while (whole.at(list).at("/pageInfo/hasNextPage").asBoolean()) {
            ObjectNode known = (ObjectNode) whole.at(list);
            JsonNode page = system.call("POST", plan.path().replaceFirst("\\?.*", ""), question(mapping, whole))
                    .body()
                    .at(NODE.append(list));
            if (page.path("nodes").isEmpty()) {
                throw new SystemException(Problem.of(
                        EdgeCode.POLL_CUT_OFF, "source", plan.source(), "field", list, "id", whole.path("id")));
            }
            ((ArrayNode) known.path("nodes")).addAll((ArrayNode) page.path("nodes"));
            known.set("pageInfo", page.path("pageInfo"));
        }
    }

    private JsonNode question(String mapping, JsonNode of) throws Exception {
        try {
            return Json.mapper().readTree(mapper.map(mapping, of.toString()));
        } catch (ProblemException e) {
            throw new SystemException(Problem.of(
                    EdgeCode.POLL_NOT_WRITTEN,
                    "source",
                    plan.source(),
                    "mapping",
                    mapping,
                    "why",
                    String.valueOf(e.getMessage())));
        }
    }
}
