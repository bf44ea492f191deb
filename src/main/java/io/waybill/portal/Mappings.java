package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

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
        String name = java.net.URLDecoder.decode(visit.id(), StandardCharsets.UTF_8);
        return visit.page(
                "mapping", Map.of("name", name, "document", visit.form().text("document"), "tried", tried));
    }

    private Answer tryOut(Visit visit) {
        JsonNode tried = visit.calls()
                .sendBytes(
                        "/mappings/" + visit.id() + "/try",
                        visit.form().text("document").getBytes(StandardCharsets.UTF_8));
        return one(visit, tried);
    }

    private Answer diff(Visit visit) {
        String name = java.net.URLDecoder.decode(visit.id(), StandardCharsets.UTF_8);
        JsonNode diff = visit.calls().get("/mappings/" + visit.id() + "/diff");
        return visit.page("mapping-diff", Map.of("name", name, "diff", diff));
    }
}
