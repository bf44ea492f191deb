package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import io.waybill.api.OpenApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /docs}: every call with a command that runs, and every problem under the name its type ends with. For anyone. */
public final class Docs {
    private final OpenApi document;

    Docs(OpenApi document) {
        this.document = document;
    }

    /** One call under its verb and path. */
    public record Call(String verb, String path, JsonNode told) {}

    List<Page> pages() {
        return List.of(new Page("GET", "/docs", true, this::show));
    }

    private Answer show(Visit visit) {
        JsonNode told = document.in(visit.request().language());
        Map<String, List<Call>> groups = new LinkedHashMap<>();
        calls(told)
                .forEach(
                        call -> groups.computeIfAbsent(call.told().at("/tags/0").asText(), first -> new ArrayList<>())
                                .add(call));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("document", told);
        values.put("groups", groups);
        values.put("hub", Curl.address(visit.request()));
        return visit.page("docs", values);
    }

    private static List<Call> calls(JsonNode told) {
        List<Call> calls = new ArrayList<>();
        told.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(call -> calls.add(new Call(
                                call.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), call.getValue()))));
        calls.sort(Comparator.comparingInt(call -> call.told().path("x-order").asInt()));
        return calls;
    }
}
