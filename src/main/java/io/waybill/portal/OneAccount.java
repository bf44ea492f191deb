package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** One account: what it can do, how each fact comes, whether its carrier answers, its manifests. */
final class OneAccount {
    private static final JsonNode NOT_YET = JsonNodeFactory.instance.objectNode();

    List<Page> pages() {
        return List.of(
                Page.get("/settings/accounts/{name}", visit -> show(visit, NOT_YET)),
                Page.post(
                        "/settings/accounts/{name}/test",
                        visit -> show(visit, visit.calls().post("/accounts/" + visit.id() + "/test"))),
                Page.post("/settings/accounts/{name}/manifests", this::close),
                Page.get("/settings/accounts/{name}/manifests/{id}", this::paper),
                Page.post("/settings/accounts/{name}/manifests/{id}", this::again));
    }

    private static Answer show(Visit visit, JsonNode tested) {
        JsonNode account = find(visit);
        String name = account.path("name").asText();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("account", account);
        values.put("tested", tested);
        values.put(
                "channels",
                visit.calls().lookAt("/accounts/" + visit.id() + "/channels").path("items"));
        manifests(visit, account, values);
        values.put(
                "handed",
                visit.query("handed").filter(n -> n.matches("\\d{1,9}")).orElse(""));
        values.put(
                "commands",
                Map.of(
                        "test",
                        Curl.of(visit.request(), "POST", "/accounts/" + visit.id() + "/test", Visit.json()),
                        "close",
                        Curl.of(
                                visit.request(),
                                "POST",
                                "/manifests",
                                Visit.json().put("account", name))));
        return visit.page("account", values);
    }

    /** @throws Refused by what is asked of one account alone, which says that there is none and which there are */
    private static JsonNode find(Visit visit) {
        for (JsonNode account : visit.calls().get("/accounts").path("items")) {
            if (Address.part(account.path("name").asText()).equals(visit.id())) {
                return account;
            }
        }
        visit.calls().get("/accounts/" + visit.id() + "/channels");
        throw visit.noSuchPage();
    }

    private Answer close(Visit visit) {
        ObjectNode wish = Visit.json().put("account", find(visit).path("name").asText());
        wish.put(
                "day",
                visit.form()
                        .value("day")
                        .orElseGet(() -> LocalDate.now(ZoneId.systemDefault()).toString()));
        return told(visit, made(visit, wish));
    }

    /** A page of them, and the newest of all, whichever page is shown. */
    private static void manifests(Visit visit, JsonNode account, Map<String, Object> values) {
        JsonNode newest =
                account.path("manifests").asBoolean() ? manifests(visit) : JsonNodeFactory.instance.objectNode();
        Map<String, String> asked =
                new TreeMap<>(Map.of("account", account.path("name").asText()));
        visit.query("cursor").ifPresent(cursor -> asked.put("cursor", cursor));
        JsonNode found = asked.containsKey("cursor") ? visit.calls().get(Address.of("/manifests", asked)) : newest;
        asked.remove("account");
        values.put("manifests", found.path("items"));
        values.put("seen", newest.at("/items/0/id").asText(""));
        values.put("next", Address.next("/settings/accounts/" + visit.id(), asked, found));
    }

    /** Newest first. */
    private static JsonNode manifests(Visit visit) {
        return visit.calls().get("/manifests?account=" + visit.id());
    }

    /** Whoever presses twice is told what came of the first time: of what they made for that day since. */
    private static List<JsonNode> made(Visit visit, ObjectNode wish) {
        try {
            return list(visit.calls().send("post", "/manifests", wish).path("items"));
        } catch (Refused refused) {
            boolean isNothing = refused.isFor("nothing-to-manifest");
            List<JsonNode> since = isNothing && visit.form().has("seen") ? since(visit, wish) : List.of();
            if (since.isEmpty()) {
                throw refused;
            }
            return since;
        }
    }

    private static List<JsonNode> since(Visit visit, ObjectNode wish) {
        String seen = visit.form().text("seen");
        String by = visit.request().caller().name();
        return list(manifests(visit).path("items")).stream()
                .filter(manifest -> manifest.path("id").asText().compareTo(seen) > 0)
                .filter(manifest -> manifest.path("day").equals(wish.path("day")))
                .filter(manifest -> manifest.path("by").asText().equals(by))
                .toList();
    }

    private static List<JsonNode> list(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** How many were handed over, and whether that is all. */
    private static Answer told(Visit visit, List<JsonNode> manifests) {
        int handed = manifests.stream()
                .filter(OneAccount::isClosed)
                .mapToInt(manifest -> manifest.path("shipments").asInt())
                .sum();
        boolean isAll = manifests.stream().allMatch(manifest -> isClosed(manifest) && !manifest.hasNonNull("words"));
        return visit.done(
                isAll ? "handed-over" : "not-handed-over", "/settings/accounts/" + visit.id() + "?handed=" + handed);
    }

    private static boolean isClosed(JsonNode manifest) {
        return manifest.path("status").asText().equals("closed");
    }

    /** Whoever presses twice is told what came of the first time. */
    private Answer again(Visit visit) {
        String self = "/manifests/" + visit.second();
        try {
            visit.calls().post(self + "/retry");
        } catch (Refused refused) {
            if (!refused.isFor("manifest-over")) {
                throw refused;
            }
        }
        return told(visit, List.of(visit.calls().get(self)));
    }

    private Answer paper(Visit visit) {
        String page = visit.query("page").orElse("1");
        return Headers.safe(visit.calls().raw("/manifests/" + visit.second() + "/paper?page=" + Address.part(page)))
                .with("Content-Disposition", "inline");
    }
}
