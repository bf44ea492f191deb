package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import io.waybill.ledger.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What needs a person: the list, one of them, and what they come from week by week. */
final class Exceptions {
    private static final List<String> FILTERS =
            List.of("reason", "source", "assignee", "overdue", "state", "age", "cursor");

    /** Parts of an order that are no text, so that no value can be put into them as they are. */
    private static final Set<String> WHOLE = Set.of(
            "*", "", "shipTo", "shipFrom", "parcels", "items", "customs", "options", "label", "billing", "weight");

    /** What closes by a fact alone; {@code POST /exceptions/{id}/retry} refuses it. */
    private static final Set<String> NOTHING_TO_RETRY = Set.of(
            "bought-anyway",
            "second-label",
            "changed-late",
            "source-silent",
            "mark-failed",
            "void-refused",
            "refund-overdue",
            "dispute-deadline",
            "parcel-stuck",
            "bundle-unwritten",
            "backup-failed",
            "restore-not-done",
            "file-failed");

    List<Page> pages() {
        return List.of(
                Page.get("/exceptions", this::list),
                Page.get("/exceptions/causes", this::causes),
                Page.get("/exceptions/{id}", this::one),
                Page.post("/exceptions/act", ExceptionActs::act),
                Page.post("/exceptions/{id}/discard", this::discard));
    }

    private Answer list(Visit visit) {
        Map<String, String> asked = new TreeMap<>();
        FILTERS.forEach(
                name -> visit.query(name).filter(value -> !value.isEmpty()).ifPresent(value -> asked.put(name, value)));
        Map<String, String> query = new TreeMap<>(asked);
        Optional.ofNullable(query.remove("age")).flatMap(Age::of).ifPresent(age -> age.ask(query, Instant.now()));
        JsonNode found = visit.calls().get(Address.of("/exceptions", query));
        String cursor = found.path("next").asText("");
        Map<String, String> more = new TreeMap<>(asked);
        more.put("cursor", cursor);
        return visit.page(
                "exceptions",
                Map.of(
                        "items",
                        found.path("items"),
                        "fields",
                        fields(found.path("items")),
                        "asked",
                        asked,
                        "reasons",
                        Arrays.stream(Reason.values()).map(Reason::code).toList(),
                        "sources",
                        visit.calls().get("/sources").path("items"),
                        "next",
                        cursor.isEmpty() ? "" : Address.of("/exceptions", more)));
    }

    private Answer one(Visit visit) {
        JsonNode item = visit.calls().get("/exceptions/" + visit.id());
        boolean retried = !NOTHING_TO_RETRY.contains(item.path("reason").asText());
        return visit.page("exception", Map.of("item", item, "retried", retried));
    }

    private Answer discard(Visit visit) {
        JsonNode item = visit.calls().get("/exceptions/" + visit.id());
        OneOrder.discard(visit, item.path("subject").asText());
        return visit.done("discarded", "/exceptions/" + visit.id());
    }

    private Answer causes(Visit visit) {
        String by = visit.query("by").orElse("reason");
        Map<String, String> asked = new TreeMap<>(Map.of("by", by));
        visit.query("cursor").ifPresent(cursor -> asked.put("cursor", cursor));
        JsonNode causes = visit.calls().get(Address.of("/exceptions/causes", asked));
        String next = Address.next("/exceptions/causes", asked, causes);
        return visit.page("causes", Map.of("items", causes.path("items"), "by", by, "next", next));
    }

    /** The fields at fault that a value can be put into, each once. */
    private static List<String> fields(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.hasNonNull("href") && item.hasNonNull("field"))
                .map(item -> item.path("field").asText())
                .filter(field -> !WHOLE.contains(field.substring(field.lastIndexOf('/') + 1)))
                .distinct()
                .toList();
    }
}
