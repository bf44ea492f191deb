package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the routes at the edge stand, and the files that came through them. */
final class Edge {
    List<Page> pages() {
        return List.of(Page.get("/routes", this::routes), Page.get("/files", this::files));
    }

    private Answer routes(Visit visit) {
        return visit.page("routes", Map.of("found", visit.calls().get("/routes")));
    }

    private Answer files(Visit visit) {
        Map<String, String> asked = new TreeMap<>();
        for (String name : List.of("source", "state", "cursor")) {
            visit.query(name).filter(text -> !text.isEmpty()).ifPresent(text -> asked.put(name, text));
        }
        JsonNode found = visit.calls().get(Address.of("/files", asked));
        String cursor = found.path("next").asText("");
        Map<String, String> more = new TreeMap<>(asked);
        more.put("cursor", cursor);
        return visit.page(
                "files",
                Map.of(
                        "items",
                        found.path("items"),
                        "asked",
                        asked,
                        "sources",
                        visit.calls().get("/sources").path("items"),
                        "next",
                        cursor.isEmpty() ? "" : Address.of("/files", more)));
    }
}
