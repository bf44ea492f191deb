package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import io.waybill.api.OrderRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** One order: its story on one line of time, what is pending, its money, and what can be done with it. */
public final class OneOrder {
    private static final int CHANGED = 412;

    OneOrder() {}

    List<Page> pages() {
        return List.of(
                Page.get("/orders/{id}", this::show),
                Page.get("/orders/{id}/origin", this::origin),
                Page.get("/orders/{id}/deliveries/{delivery}", this::delivery),
                Page.post("/orders/{id}/parcels", this::pack),
                Page.post("/orders/{id}/edit", this::edit),
                Page.post("/orders/{id}/shipments", this::another),
                Page.post("/orders/{id}/release", visit -> act(visit, "release", "released")),
                Page.post("/orders/{id}/retry", this::retry),
                Page.post("/orders/{id}/cancel", visit -> act(visit, "cancel", "cancelled")),
                Page.post("/orders/{id}/resolve", this::resolve),
                Page.post("/orders/{id}/void", this::giveBack),
                Page.post("/orders/{id}/void-all", visit -> act(visit, "void", "voided")),
                Page.post("/orders/{id}/replay", this::replay),
                Page.post("/orders/{id}/discard", this::discard));
    }

    private Answer show(Visit visit) {
        JsonNode order = visit.calls().get("/orders/" + visit.id());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("order", order);
        values.put("story", Story.of(order));
        values.put("quotes", quotes(visit, order));
        Map<String, JsonNode> accounts = accounts(visit, order);
        values.put("accounts", accounts);
        values.put("pending", Pending.of(order, accounts));
        values.put("row", OrderRows.of(order));
        values.put("fields", fields(visit, order));
        values.put("rows", ParcelForm.of(order.at("/order/parcels"), visit.form()));
        values.put("key", key(visit));
        values.put("curls", OrderCurls.of(visit.request(), order));
        return visit.page("order", values);
    }

    /** Of the next label that is asked for here: another one, where the last was refused by its carrier and stands in the order. */
    private static String key(Visit visit) {
        boolean isSpent = visit.errors().stream()
                .anyMatch(error -> error.path("code").asText().equals("carrier-refused"));
        return visit.form()
                .value("key")
                .filter(key -> !isSpent)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static List<Edits.Field> fields(Visit visit, JsonNode order) {
        List<JsonNode> problems = new ArrayList<>(visit.errors());
        order.path("problems").forEach(problems::add);
        boolean parcels = order.path("status").asText().equals("rejected");
        return Edits.of(order.path("order"), parcels, problems, visit.form());
    }

    /** Prices that were compared last, for each of its labels and by whoever only looked; and those that were chosen. */
    private static List<JsonNode> quotes(Visit visit, JsonNode order) {
        JsonNode newestFirst = visit.calls()
                .lookAt("/rates?orderId=" + Address.part(order.path("orderId").asText()) + "&namespace="
                        + Address.part(order.path("namespace").asText()))
                .path("items");
        Map<String, String> last = new HashMap<>();
        newestFirst.forEach(quote -> last.putIfAbsent(quote.path("shipment").asText(), comparison(quote)));
        return StreamSupport.stream(newestFirst.spliterator(), false)
                .filter(quote -> quote.path("chosen").asBoolean()
                        || comparison(quote)
                                .equals(last.get(quote.path("shipment").asText())))
                .toList();
    }

    /** The same for all that were compared at once: those of a label belong to no question, and are kept at one moment. */
    private static String comparison(JsonNode quote) {
        return quote.path(quote.hasNonNull("asked") ? "asked" : "quotedAt").asText();
    }

    /** How the facts of each account of its shipments come, by name. */
    private static Map<String, JsonNode> accounts(Visit visit, JsonNode order) {
        Map<String, JsonNode> accounts = new LinkedHashMap<>();
        List<String> used = order.path("shipments").findValuesAsText("account");
        if (!used.isEmpty()) {
            visit.calls().lookAt("/accounts").path("items").forEach(account -> {
                if (used.contains(account.path("name").asText())) {
                    accounts.put(account.path("name").asText(), account);
                }
            });
        }
        return accounts;
    }

    private Answer origin(Visit visit) {
        return visit.page(
                "origin",
                Map.of(
                        "order", visit.calls().get("/orders/" + visit.id()),
                        "mapped", visit.calls().get("/orders/" + visit.id() + "/mapped")));
    }

    private Answer delivery(Visit visit) {
        return visit.page(
                "delivery",
                Map.of(
                        "order", visit.calls().get("/orders/" + visit.id()),
                        "delivery", visit.calls().get("/deliveries/" + visit.second()),
                        "command",
                                Curl.of(
                                        visit.request(),
                                        "POST",
                                        "/deliveries/" + visit.second() + "/replay",
                                        Visit.json())));
    }

    private Answer act(Visit visit, String call, String done) {
        visit.calls().post("/orders/" + visit.id() + "/" + call);
        return visit.done(done, "/orders/" + visit.id());
    }

    private Answer retry(Visit visit) {
        JsonNode told = visit.calls().post("/orders/" + visit.id() + "/retry");
        boolean isOver = told.path("status").asText().equals("cancelled");
        return visit.done(isOver ? "settled" : "retried", "/orders/" + visit.id());
    }

    private Answer pack(Visit visit) {
        ObjectNode body = Visit.json();
        JsonNode order = visit.calls().get("/orders/" + visit.id());
        JsonNode parcels = order.at("/order/parcels");
        ArrayNode typed = Parcels.of(visit.form(), "reference", parcels);
        boolean isSame = Parcels.areSame(typed, parcels);
        boolean isStale = !visit.form().text("seen").isEmpty()
                && !visit.form().text("seen").equals(mark(parcels));
        if (isStale && isSame && !order.path("status").asText().equals("held")) {
            return visit.done("packed", "/orders/" + visit.id());
        }
        if (isStale && !isSame) {
            throw Refused.of(CHANGED, Texts.in(visit.request().language()).text("act.parcels.changed"));
        }
        body.set("parcels", typed);
        visit.calls().send("put", "/orders/" + visit.id() + "/parcels", body);
        return visit.done("packed", "/orders/" + visit.id());
    }

    /** By which a form knows whether the parcels it was made of are still those of the order. */
    public static String mark(JsonNode parcels) {
        return Integer.toHexString(parcels.toString().hashCode());
    }

    private static JsonNode parcels(Visit visit) {
        return visit.calls().get("/orders/" + visit.id()).at("/order/parcels");
    }

    private Answer edit(Visit visit) {
        String self = "/orders/" + visit.id();
        ObjectNode patch = Edits.patch(visit.calls().get(self).path("order"), visit.form());
        String revision = visit.form().value("revision").orElse("*");
        try {
            visit.calls().send("patch", self, patch, "If-Match", revision);
        } catch (Refused refused) {
            if (refused.status() != CHANGED || !isSaved(visit, self)) {
                throw refused;
            }
        }
        return visit.done("edited", self);
    }

    /** Whoever presses twice, or goes back and presses again, is told what is so: the order says all that was typed. */
    private static boolean isSaved(Visit visit, String self) {
        return Edits.isTyped(visit.form())
                && Edits.patch(visit.calls().get(self).path("order"), visit.form())
                        .isEmpty();
    }

    /** Its key was made with the page: sent twice, it is one label. */
    private Answer another(Visit visit) {
        Form form = visit.form();
        ObjectNode wish = Visit.json();
        List.of("key", "reason", "note").forEach(field -> form.value(field).ifPresent(value -> wish.put(field, value)));
        if (form.value("lost").isPresent()) {
            wish.put("lost", true);
        }
        ArrayNode first = Visit.json().putArray("first").add(parcels(visit).path(0));
        ArrayNode parcels = Parcels.of(form, "reference", first);
        if (!parcels.isEmpty()) {
            wish.set("parcels", parcels);
        }
        boolean isBought = visit.calls().isDone("post", "/orders/" + visit.id() + "/shipments", wish);
        return visit.done(isBought ? "another" : "another-asked", "/orders/" + visit.id());
    }

    private Answer resolve(Visit visit) {
        ObjectNode body = Visit.json();
        for (String field : List.of("action", "reason", "shipment", "trackingNumber", "carrierShipment")) {
            visit.form().value(field).ifPresent(value -> body.put(field, value));
        }
        visit.calls().send("post", "/orders/" + visit.id() + "/resolve", body);
        return visit.done("resolved", "/orders/" + visit.id());
    }

    private Answer giveBack(Visit visit) {
        JsonNode told =
                visit.calls().post("/shipments/" + Address.part(visit.form().text("shipment")) + "/void");
        String done = told.path("status").asText().equals("cancelled") ? "cancelled" : "voided";
        return visit.done(done, "/orders/" + visit.id());
    }

    private Answer replay(Visit visit) {
        visit.calls().post("/deliveries/" + Address.part(visit.form().text("delivery")) + "/replay");
        return visit.done("replayed", "/orders/" + visit.id());
    }

    private Answer discard(Visit visit) {
        discard(visit, visit.form().text("delivery"));
        return visit.done("discarded", "/orders/" + visit.id());
    }

    /** For the reason that was typed. */
    static void discard(Visit visit, String delivery) {
        visit.calls()
                .send(
                        "post",
                        "/deliveries/" + Address.part(delivery) + "/discard",
                        Visit.json().put("reason", visit.form().text("reason")));
    }
}
