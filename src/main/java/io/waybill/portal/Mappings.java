package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The mappings in service, and trying a document on one; nothing of it is kept. */
final class Mappings {
    List<Page> pages() {
        return List.of(
                Page.get("/mappings", this::list),
                Page.get("/mappings/{name}", visit -> one(visit, JsonNodeFactory.instance.objectNode())),
                Page.post("/mappings/{name}/try", this::tryOut),
                Page.get("/mappings/{name}/diff", this::diff));
    }

    private Answer list(Visit visit) {
        JsonNode known = visit.calls().get("/mappings");
        return visit.page("mappings", Map.of("items", known.path("items"), "problems", known.path("problems")));
    }

    private static Answer one(Visit visit, JsonNode tried) {
        return visit.page(
                "mapping",
                Map.of(
                        "mapping", visit.calls().get("/mappings/" + visit.id()),
                        "document", visit.form().text("document"),
                        "tried", tried));
    }

    private Answer tryOut(Visit visit) {
        JsonNode tried = visit.calls()
                .sendBytes(
                        "/mappings/" + visit.id() + "/try",
                        visit.form().text("document").getBytes(StandardCharsets.UTF_8));
        return one(visit, tried);
    }

    /** Any two versions on record, or one and the file as it stands, on the documents that are kept. */
    private Answer diff(Visit visit) {
        Map<String, String> asked = new TreeMap<>();
        for (String name : List.of("from", "to", "last")) {
            visit.query(name).filter(text -> !text.isEmpty()).ifPresent(text -> asked.put(name, text));
        }
        return visit.page(
                "mapping-diff",
                Map.of(
                        "mapping", visit.calls().get("/mappings/" + visit.id()),
                        "asked", asked,
                        "diff", visit.calls().get(Address.of("/mappings/" + visit.id() + "/diff", asked))));
    }
}
