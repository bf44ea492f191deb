package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One shipment by hand. Checked and priced as it is typed, bought when it is sent; its number keeps it from being bought twice. */
final class NewShipment {
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();
    private static final String NOT_NUMBERED_YET = "new";
    private static final List<String> ADDRESS =
            List.of("name", "company", "line1", "line2", "city", "state", "postalCode", "country", "phone", "email");

    List<Page> pages() {
        return List.of(
                Page.get("/new", visit -> form(visit, Seen.NOTHING)),
                Page.post("/new", this::send),
                Page.post("/new/check", this::check));
    }

    /**
     * What is known of a shipment before it is bought: its address by the rules of its country, and its prices.
     *
     * @param lacks the key of what is said about what cannot be looked at yet; empty when all was
     */
    private record Seen(JsonNode address, JsonNode prices, String lacks) {
        static final Seen NOTHING = new Seen(NONE, NONE, "");
    }

    /** As it was typed, when it comes back. */
    private static Answer form(Visit visit, Seen seen) {
        return visit.page(
                "new",
                Map.of(
                        "said", said(visit.form()),
                        "address", seen.address(),
                        "checked", seen.prices(),
                        "lacks", seen.lacks(),
                        "off", visit.accountsOff(),
                        "sources", sources(visit)));
    }

    /** Those that bring orders as they are first: what is typed is none of another shape. */
    private static List<JsonNode> sources(Visit visit) {
        return StreamSupport.stream(visit.calls().get("/sources").path("items").spliterator(), false)
                .sorted(Comparator.comparing(source -> source.hasNonNull("mapping")))
                .toList();
    }

    private static ObjectNode said(Form form) {
        ObjectNode said = Visit.json();
        form.values().forEach((name, values) -> said.put(name, values.get(0)));
        return said;
    }

    private Answer send(Visit visit) {
        if (visit.form().text("act").equals("check")) {
            return form(visit, looked(visit));
        }
        JsonNode order = visit.calls()
                .send(
                        "post",
                        "/orders?mapped=true&new=true&source="
                                + Address.part(visit.form().text("source")),
                        order(visit.form()));
        return visit.done("taken", "/orders/" + Address.part(order.path("id").asText()));
    }

    /** Only what is wrong, and what it would cost, for the page that asks while somebody types. */
    private Answer check(Visit visit) {
        Seen seen = looked(visit);
        String lacks = seen.address().isEmpty() ? "" : seen.lacks();
        return visit.page(
                "new-check",
                Map.of(
                        "address",
                        seen.address(),
                        "checked",
                        seen.prices(),
                        "lacks",
                        lacks,
                        "off",
                        visit.accountsOff()));
    }

    /** The address as soon as it names a country; prices as soon as it is good and there is a weight. */
    private static Seen looked(Visit visit) {
        ObjectNode order;
        try {
            order = order(visit.form());
        } catch (NotANumber wrong) {
            return new Seen(NONE, wrong.refused(visit.request().language()).problem(), "");
        }
        JsonNode to = order.path("shipTo");
        if (!to.has("country") || !to.has("line1")) {
            return new Seen(NONE, NONE, "new.lacks-address");
        }
        JsonNode address = visit.calls().send("post", "/addresses/check", to);
        if (order.path("parcels").isEmpty()) {
            return new Seen(address, NONE, "new.lacks-weight");
        }
        return new Seen(address, address.path("good").asBoolean() ? prices(visit, order) : NONE, "");
    }

    /** What a dry run answers, or the problem it is refused for. */
    private static JsonNode prices(Visit visit, ObjectNode order) {
        if (!order.has("orderId")) {
            order.put("orderId", NOT_NUMBERED_YET);
        }
        try {
            return visit.calls()
                    .send(
                            "post",
                            "/orders?dryRun=true&mapped=true&source="
                                    + Address.part(visit.form().text("source")),
                            order);
        } catch (Refused refused) {
            return refused.problem();
        }
    }

    private static ObjectNode order(Form form) {
        ObjectNode order = Visit.json();
        form.value("orderId").ifPresent(number -> order.put("orderId", number));
        form.value("service").ifPresent(service -> order.put("service", service));
        form.value("reference").ifPresent(reference -> order.put("reference", reference));
        ObjectNode to = order.putObject("shipTo");
        ADDRESS.forEach(field -> form.value(field).ifPresent(value -> to.put(field, value)));
        order.set("parcels", Parcels.of(form, "parcelReference"));
        return order;
    }
}
