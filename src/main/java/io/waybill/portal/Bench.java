package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The pack bench: scan a number, weigh, print at a station. An order that has a label is printed once more and the page says
 * so; a weight is only taken while nothing is bought, so that no parcel gets a second label.
 */
final class Bench {
    private static final Set<String> OPEN = Set.of("held", "ready", "refused");

    List<Page> pages() {
        return List.of(
                Page.get("/bench", this::show),
                Page.post("/bench", this::weigh),
                Page.post("/bench/print", this::print));
    }

    private Answer show(Visit visit) {
        String number = visit.query("order").orElse("");
        Meant meant = Meant.by(visit, number);
        JsonNode order = meant.order();
        boolean open = OPEN.contains(order.path("status").asText());
        Map<String, Long> prints = prints(order);
        List<JsonNode> labelled = labelled(order);
        Map<String, Object> values = new HashMap<>();
        values.put("number", number);
        values.put("order", order);
        values.put("open", open);
        values.put("several", meant.several());
        values.put("stations", visit.calls().get("/stations").path("items"));
        values.put("station", visit.query("station").orElse(""));
        values.put("prints", prints);
        values.put("labelled", labelled);
        values.put("next", next(labelled, prints));
        values.put("closing", number.isEmpty() ? closing(visit) : List.of());
        return visit.page("bench", values);
    }

    /** The accounts whose day is closed; looked for while nothing is scanned, so that no scan waits for it. */
    private static List<String> closing(Visit visit) {
        return StreamSupport.stream(
                        visit.calls().lookAt("/accounts").path("items").spliterator(), false)
                .filter(account -> account.path("manifests").asBoolean())
                .map(account -> account.path("name").asText())
                .toList();
    }

    /** Its shipments that have a label, in the order they were asked for. */
    private static List<JsonNode> labelled(JsonNode order) {
        return StreamSupport.stream(order.path("shipments").spliterator(), false)
                .filter(shipment -> shipment.hasNonNull("label"))
                .sorted(Comparator.comparingInt(shipment -> shipment.path("seq").asInt(1)))
                .toList();
    }

    /** The shipment whose label is printed next: the first that never was, else the first; empty where there is none. */
    private static String next(List<JsonNode> labelled, Map<String, Long> prints) {
        List<String> ids =
                labelled.stream().map(shipment -> shipment.path("id").asText()).toList();
        return ids.stream()
                .filter(id -> !prints.containsKey(id))
                .findFirst()
                .orElseGet(() -> ids.isEmpty() ? "" : ids.get(0));
    }

    /** How often each shipment of it came out of a printer. */
    private static Map<String, Long> prints(JsonNode order) {
        return StreamSupport.stream(order.path("story").spliterator(), false)
                .filter(entry -> entry.path("what").asText().equals("printed"))
                .collect(Collectors.groupingBy(entry -> entry.path("shipment").asText(), Collectors.counting()));
    }

    /** Weighed, bought, and printed where a station is chosen. */
    private Answer weigh(Visit visit) {
        Form form = visit.form();
        ObjectNode body = Visit.json();
        JsonNode known =
                visit.calls().get("/orders/" + Address.part(form.text("id"))).at("/order/parcels");
        BenchWeight bench = new BenchWeight(visit, known);
        bench.requireNoNumber(form);
        JsonNode parcels = Parcels.of(form, "reference", known);
        bench.requireLight(parcels);
        body.set("parcels", parcels);
        if (form.text("station").isEmpty()) {
            visit.calls().send("put", "/orders/" + Address.part(form.text("id")) + "/parcels", body);
            return visit.done("packed", here(form));
        }
        body.put("orderId", form.text("orderId")).put("namespace", form.text("namespace"));
        JsonNode told = visit.calls().send("post", "/stations/" + Address.part(form.text("station")) + "/print", body);
        return visit.done(said(told), here(form));
    }

    private Answer print(Visit visit) {
        Form form = visit.form();
        JsonNode told = visit.calls()
                .post("/shipments/" + Address.part(form.text("shipment")) + "/print?station="
                        + Address.part(form.text("station")));
        return visit.done(said(told), here(form));
    }

    private static String said(JsonNode told) {
        return told.has("printed") ? told.at("/printed/0/reprint").asBoolean() ? "reprinted" : "printed" : "packed";
    }

    private static String here(Form form) {
        return Address.of(
                "/bench", Map.of("order", form.text("number"), "station", form.text("station"), "id", form.text("id")));
    }
}
