package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.util.List;
import java.util.Map;

/** How ready a source is and what to mend first; what it ships, what that costs, and what to integrate next. */
final class Readiness {
    List<Page> pages() {
        return List.of(
                Page.get("/readiness", visit -> show(visit, "readiness")),
                Page.get("/readiness/profile", visit -> show(visit, "profile")));
    }

    /** @param kind the call that is asked, and the page it is shown on */
    private static Answer show(Visit visit, String kind) {
        JsonNode sources = visit.calls().get("/sources").path("items");
        String source = visit.query("source").orElse("");
        JsonNode report = source.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : visit.calls().get("/" + kind + "?source=" + Address.part(source));
        return visit.page(kind, Map.of("sources", sources, "source", source, "report", report));
    }
}
