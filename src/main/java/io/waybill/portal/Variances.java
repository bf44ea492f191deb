package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What audits of invoices found, decided one by one or many at once; and the claims that came of it, as files for carriers. */
final class Variances {
    private static final List<String> FILTERS = List.of("invoice", "account", "rule", "state", "cursor");
    private static final Set<String> ACTS = Set.of("accept", "writeoff", "dispute");

    List<Page> pages() {
        return List.of(
                Page.get("/money/variances", this::list),
                Page.post("/money/variances", this::decide),
                Page.get("/money/disputes", this::disputes),
                Page.get("/money/disputes/{id}/file", this::file));
    }

    private Answer list(Visit visit) {
        Map<String, String> asked = new TreeMap<>();
        FILTERS.forEach(name -> visit.query(name).ifPresent(value -> asked.put(name, value)));
        asked.putIfAbsent("state", "open");
        JsonNode found = visit.calls().get(Address.of("/variances", asked));
        String cursor = found.path("next").asText("");
        Map<String, String> more = new TreeMap<>(asked);
        more.put("cursor", cursor);
        return visit.page(
                "variances",
                Map.of(
                        "items",
                        found.path("items"),
                        "asked",
                        asked,
                        "next",
                        cursor.isEmpty() ? "" : Address.of("/money/variances", more)));
    }

    private Answer decide(Visit visit) {
        String act = visit.form().text("act");
        String reason = visit.form().text("reason");
        JsonNode body = reason.isEmpty() ? Visit.json() : Visit.json().put("reason", reason);
        Bulk.each(
                visit,
                id -> visit.calls()
                        .send("post", "/variances/" + id + "/" + (ACTS.contains(act) ? act : "accept"), body));
        return visit.done("decided", Address.own(visit.form().text("back")));
    }

    private Answer disputes(Visit visit) {
        return visit.page(
                "disputes", Map.of("items", visit.calls().get("/disputes").path("items")));
    }

    private Answer file(Visit visit) {
        return Headers.safe(visit.calls().raw("/disputes/" + visit.id() + "/file"))
                .with("Content-Disposition", "attachment; filename=\"claim-" + visit.id() + ".csv\"");
    }
}
