package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import java.util.LinkedHashMap;
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
        Map<String, String> asked = visit.asked(FILTERS);
        asked.putIfAbsent("state", "open");
        JsonNode found = visit.calls().get(Address.of("/variances", asked));
        return visit.page(
                "variances",
                Map.of(
                        "items",
                        found.path("items"),
                        "asked",
                        asked,
                        "states",
                        states(asked),
                        "next",
                        Address.next("/money/variances", asked, found)));
    }

    /** Where the same findings are in each state, by its word. */
    private static Map<String, String> states(Map<String, String> asked) {
        Map<String, String> states = new LinkedHashMap<>();
        for (String state : List.of("open", "accepted", "written-off", "disputed")) {
            Map<String, String> other = new TreeMap<>(asked);
            other.put("state", state);
            states.put(state, Address.whole("/money/variances", other));
        }
        return states;
    }

    private Answer decide(Visit visit) {
        if (visit.form().all("id").isEmpty()) {
            return visit.done("none-ticked", Address.own(visit.form().text("back")));
        }
        String act = visit.form().text("act");
        if (!ACTS.contains(act)) {
            return visit.done("none-decided", Address.own(visit.form().text("back")));
        }
        String reason = visit.form().text("reason");
        JsonNode body = reason.isEmpty() ? Visit.json() : Visit.json().put("reason", reason);
        Bulk.each(visit, id -> visit.calls().send("post", "/variances/" + id + "/" + act, body));
        return visit.done("decided", Address.own(visit.form().text("back")));
    }

    private Answer disputes(Visit visit) {
        Map<String, String> asked = visit.asked(List.of("cursor"));
        JsonNode found = visit.calls().get(Address.of("/disputes", asked));
        return visit.page(
                "disputes",
                Map.of("items", found.path("items"), "next", Address.next("/money/disputes", asked, found)));
    }

    private Answer file(Visit visit) {
        return Headers.safe(visit.calls().raw("/disputes/" + visit.id() + "/file"))
                .with("Content-Disposition", "attachment; filename=\"claim-" + visit.id() + ".csv\"");
    }
}
