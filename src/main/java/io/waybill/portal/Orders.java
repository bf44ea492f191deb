package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finding orders. What is looked for stands in the address, so a view is kept by keeping its address. */
final class Orders {
    private static final List<String> FILTERS = List.of("status", "channel", "since", "until", "namespace");

    private static final List<String> VIEWED = List.of(
            "exception", "held", "ready", "unresolved", "refused", "rejected", "labelled", "in_transit", "delivered");

    /** Views everybody needs, by the key of their name. */
    private static final Map<String, String> VIEWS = views();

    List<Page> pages() {
        return List.of(Page.get("/orders", this::list), Page.get("/orders/export", this::export));
    }

    private Answer list(Visit visit) {
        Map<String, String> asked = asked(visit);
        JsonNode found = visit.calls().get(Address.of("/orders", asked));
        boolean byName = false;
        if (found.path("items").isEmpty() && asked.containsKey("key")) {
            byName = true;
            asked.put("q", asked.remove("key"));
            found = visit.calls().get(Address.of("/orders", asked));
        }
        Map<String, String> shown = new TreeMap<>(visit.request().query());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("items", found.path("items"));
        values.put("asked", shown);
        values.put("byName", byName);
        values.put("views", VIEWS);
        values.put("next", next(shown, found.path("next").asText("")));
        values.put("export", Address.of("/orders/export", shown));
        return visit.page("orders", values);
    }

    /** The same, as a table to be kept. */
    private Answer export(Visit visit) {
        Map<String, String> asked = asked(visit);
        String format = visit.query("format").orElse("xlsx");
        asked.put("format", format);
        return Headers.safe(visit.calls().raw(Address.of("/orders", asked)))
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"orders." + (format.equals("csv") ? "csv" : "xlsx") + "\"");
    }

    private static Map<String, String> asked(Visit visit) {
        Map<String, String> asked = new TreeMap<>();
        visit.query("find").filter(text -> !text.isEmpty()).ifPresent(text -> asked.put("key", text));
        FILTERS.forEach(name -> visit.query(name).ifPresent(value -> asked.put(name, value)));
        visit.query("cursor").ifPresent(value -> asked.put("cursor", value));
        return asked;
    }

    private static String next(Map<String, String> shown, String cursor) {
        if (cursor.isEmpty()) {
            return "";
        }
        Map<String, String> more = new TreeMap<>(shown);
        more.put("cursor", cursor);
        return Address.of("/orders", more);
    }

    private static Map<String, String> views() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put("orders.view.all", "/orders");
        for (String status : VIEWED) {
            views.put("status." + status, "/orders?status=" + status);
        }
        return views;
    }
}
