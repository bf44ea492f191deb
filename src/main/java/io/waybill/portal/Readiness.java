package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.util.List;
import java.util.Map;

/** How ready a source is, and what to mend first. */
final class Readiness {
    List<Page> pages() {
        return List.of(Page.get("/readiness", this::show));
    }

    private Answer show(Visit visit) {
        JsonNode sources = visit.calls().get("/sources").path("items");
        String source = visit.query("source").orElse("");
        JsonNode report = source.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : visit.calls().get("/readiness?source=" + Address.part(source));
        return visit.page("readiness", Map.of("sources", sources, "source", source, "report", report));
    }
}
