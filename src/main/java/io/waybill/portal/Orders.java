package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import io.waybill.api.OrderRows;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finding orders. What is looked for stands in the address; a visitor keeps it under a name. */
public final class Orders {
    private static final List<String> FILTERS = List.of("status", "channel", "since", "until", "namespace");

    /** Of a view that is forgotten already: whoever presses twice is told that it is. */
    private static final int GONE = 404;

    /** The call's parameters for what a visitor looks for: a number, or part of a name. */
    private static final List<String> FOUND_BY = List.of("key", "q");

    private static final List<String> VIEWED = List.of(
            "exception", "held", "ready", "unresolved", "refused", "rejected", "labelled", "in_transit", "delivered");

    /** Views everybody needs, by the key of their name. */
    private static final Map<String, String> VIEWS = views();

    Orders() {}

    List<Page> pages() {
        return List.of(
                Page.get("/orders", this::list),
                Page.get("/orders/export", this::export),
                Page.post("/orders/views", this::keep),
                Page.post("/orders/views/forget", this::forget));
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
        found.path("items").forEach(order -> ((ObjectNode) order).set("row", OrderRows.of(order)));
        values.put("items", found.path("items"));
        values.put("asked", shown);
        values.put("byName", byName);
        values.put("views", VIEWS);
        values.put("kept", kept(visit));
        values.put("next", Address.next("/orders", shown, found));
        values.put("export", Address.whole("/orders/export", asked));
        return visit.page("orders", values);
    }

    /**
     * A view this visitor keeps.
     *
     * @param href the list it is
     */
    public record View(String id, String name, String href) {}

    private static List<View> kept(Visit visit) {
        List<View> views = new ArrayList<>();
        for (JsonNode view : visit.calls().get("/views").path("items")) {
            views.add(new View(view.path("id").asText(), view.path("name").asText(), href(view.path("filter"))));
        }
        return views;
    }

    private static String href(JsonNode filter) {
        Map<String, String> shown = new TreeMap<>();
        filter.properties()
                .forEach(part -> shown.put(shown(part.getKey()), part.getValue().asText()));
        return Address.of("/orders", shown);
    }

    /** One field of the page looks for what the call has two parameters for. */
    private static String shown(String parameter) {
        return FOUND_BY.contains(parameter) ? "find" : parameter;
    }

    /** The kind of field for a day that was asked for; of a minute, or a moment, another. */
    public static String type(String asked) {
        return Moments.isMinute(asked) ? "datetime-local" : "date";
    }

    /** As the field of the first day or minute is filled with it. */
    public static String first(String asked) {
        return Moments.first(asked, ZoneId.systemDefault());
    }

    /** As the field of the last is. */
    public static String last(String asked) {
        return Moments.last(asked, ZoneId.systemDefault());
    }

    /** Days stay days in a view; a minute is one of this hub's clock, and is kept as its moment. */
    private Answer keep(Visit visit) {
        Form form = visit.form();
        Map<String, String> asked = new TreeMap<>();
        FILTERS.forEach(name -> form.value(name).ifPresent(value -> asked.put(name, value)));
        Map<String, String> moments = new TreeMap<>(asked);
        Moments.ofDays(moments, ZoneId.systemDefault());
        asked.replaceAll((name, value) -> Moments.isMinute(value) ? moments.getOrDefault(name, value) : value);
        ObjectNode view = Visit.json().put("name", form.text("name"));
        ObjectNode filter = view.putObject("filter");
        form.value("find").ifPresent(text -> filter.put("key", text));
        asked.forEach(filter::put);
        visit.calls().send("post", "/views", view);
        return visit.done("kept", href(filter));
    }

    private Answer forget(Visit visit) {
        try {
            visit.calls().send("delete", "/views/" + Address.part(visit.form().text("id")), Visit.json());
        } catch (Refused refused) {
            if (refused.status() != GONE) {
                throw refused;
            }
        }
        return visit.done("forgotten", "/orders");
    }

    /** The same, as a table to be kept, by what it was found by. */
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
        FOUND_BY.forEach(name -> visit.query(name).ifPresent(value -> asked.put(name, value)));
        FILTERS.forEach(name -> visit.query(name).ifPresent(value -> asked.put(name, value)));
        visit.query("cursor").ifPresent(value -> asked.put("cursor", value));
        Moments.ofDays(asked, ZoneId.systemDefault());
        return asked;
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
