package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What needs a person: the list, one of them, several at once, and what they come from week by week. */
final class Exceptions {
    private static final List<String> FILTERS = List.of("reason", "source", "assignee", "overdue", "state", "cursor");

    List<Page> pages() {
        return List.of(
                Page.get("/exceptions", this::list),
                Page.get("/exceptions/causes", this::causes),
                Page.get("/exceptions/{id}", this::one),
                Page.post("/exceptions/act", this::act));
    }

    private Answer list(Visit visit) {
        Map<String, String> asked = new TreeMap<>();
        FILTERS.forEach(name -> visit.query(name).ifPresent(value -> asked.put(name, value)));
        JsonNode found = visit.calls().get(Address.of("/exceptions", asked));
        String cursor = found.path("next").asText("");
        Map<String, String> more = new TreeMap<>(asked);
        more.put("cursor", cursor);
        return visit.page(
                "exceptions",
                Map.of(
                        "items",
                        found.path("items"),
                        "asked",
                        asked,
                        "next",
                        cursor.isEmpty() ? "" : Address.of("/exceptions", more)));
    }

    private Answer one(Visit visit) {
        return visit.page("exception", Map.of("item", visit.calls().get("/exceptions/" + visit.id())));
    }

    private Answer causes(Visit visit) {
        String by = visit.query("by").orElse("reason");
        JsonNode causes = visit.calls().get("/exceptions/causes?by=" + Address.part(by));
        return visit.page("causes", Map.of("items", causes.path("items"), "by", by));
    }

    /** The same act on each that is ticked. What is refused of them is told together; the others are done. */
    private Answer act(Visit visit) {
        ArrayNode errors = Visit.json().putArray("errors");
        Refused last = null;
        for (String id : visit.form().all("id")) {
            try {
                one(visit, Address.part(id));
            } catch (Refused refused) {
                refused.problem().path("errors").forEach(errors::add);
                last = refused;
            }
        }
        if (last != null) {
            ObjectNode told = last.problem().deepCopy();
            told.set("errors", errors);
            throw new Refused(last.status(), told);
        }
        return visit.done("exceptions", Address.own(visit.form().text("back")));
    }

    private static void one(Visit visit, String id) {
        String self = "/exceptions/" + id;
        switch (visit.form().text("act")) {
            case "retry" -> visit.calls().post(self + "/retry");
            case "give-back" ->
                visit.calls().send("post", self + "/assign", Visit.json().putNull("assignee"));
            case "assign" ->
                visit.calls()
                        .send(
                                "post",
                                self + "/assign",
                                Visit.json()
                                        .put(
                                                "assignee",
                                                visit.form().value("assignee").orElse("me")));
            default -> visit.calls().send("post", self + "/assign", Visit.json().put("assignee", "me"));
        }
    }
}
