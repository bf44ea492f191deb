package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.util.List;
import java.util.Map;

/** Where orders come from and who is told: what waits for each, and trying one. */
final class Sinks {
    List<Page> pages() {
        return List.of(
                Page.get("/settings/sinks", visit -> show(visit, JsonNodeFactory.instance.objectNode())),
                Page.post(
                        "/settings/sinks/{name}/test",
                        visit -> show(visit, visit.calls().post("/sinks/" + visit.id() + "/test"))));
    }

    private static Answer show(Visit visit, JsonNode tested) {
        return visit.page(
                "sinks",
                Map.of(
                        "sinks", visit.calls().get("/sinks").path("items"),
                        "sources", visit.calls().get("/sources").path("items"),
                        "tested", tested,
                        "command", Curl.of(visit.request(), "POST", "/sinks/…/test", Visit.json())));
    }
}
