package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.access.Scope;
import io.waybill.api.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Carriers' invoices and their life, what is left open, a row for every shipment, and why a shipment cost what it did. */
final class Money {
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();
    private static final List<String> FILTERS = List.of("account", "cursor");

    /** Of an order's shipments; the lines of further ones are told without a link. */
    private static final int MOST_INVOICES = 20;

    /** What an invoice is from its posting on. */
    private static final Set<String> POSTED = Set.of("posted", "part-disputed", "paid");

    /** What is left open, and where each list of it is whole. */
    private static final Map<String, String> LISTS = Map.of(
            "unmatchedLines", "unmatched-lines",
            "labelsNeverBought", "labels-never-bought",
            "shipmentsNeverBilled", "shipments-never-billed");

    List<Page> pages() {
        return List.of(
                Page.get("/money", this::invoices),
                Page.post("/money/invoices", this::take),
                Page.get("/money/invoices/{id}", this::invoice),
                Page.get("/money/invoices/{id}/lines", this::lines),
                Page.get("/money/invoices/{id}/lines/export", this::exportLines),
                Page.post(
                        "/money/invoices/{id}/approve",
                        visit -> act(visit, "approve", "approved", "invoice-not-matched", Set.of("approved"))),
                Page.post(
                        "/money/invoices/{id}/post",
                        visit -> act(visit, "post", "posted", "invoice-not-approved", POSTED)),
                Page.post(
                        "/money/invoices/{id}/pay",
                        visit -> act(visit, "pay", "paid", "invoice-not-posted", Set.of("paid"))),
                Page.get("/money/open", this::open),
                Page.get("/money/open/{list}/export", this::exportOpen),
                Page.get("/money/shipments", this::shipments),
                Page.get("/money/shipments/export", this::export),
                Page.get("/money/why", this::why));
    }

    private Answer invoices(Visit visit) {
        Map<String, String> asked = visit.asked(FILTERS);
        JsonNode found = visit.calls().get(Address.of("/invoices", asked));
        return visit.page(
                "money",
                Map.of(
                        "items", found.path("items"),
                        "next", Address.next("/money", asked, found),
                        "mappings", billMappings(visit),
                        "accounts", visit.calls().get("/accounts").path("items"),
                        "accruals", visit.calls().get("/accruals").path("items")));
    }

    /** The mappings that read bills. */
    private static List<String> billMappings(Visit visit) {
        return StreamSupport.stream(visit.calls().get("/mappings").path("items").spliterator(), false)
                .filter(mapping -> mapping.path("writes").asText().startsWith("invoice-line/"))
                .map(mapping -> mapping.path("name").asText())
                .toList();
    }

    private Answer take(Visit visit) throws IOException {
        Form.Sent file = visit.file().orElse(null);
        if (file == null) {
            return visit.done("no-file", "/money");
        }
        Map<String, String> asked = new TreeMap<>();
        for (String field : List.of("account", "currency")) {
            visit.form().value(field).ifPresent(value -> asked.put(field, value));
        }
        String[] layout = visit.form().text("layout").split(":", 2);
        if (layout.length == 2) {
            asked.put(layout[0].equals("mapping") ? "mapping" : "carrier", layout[1]);
        }
        asked.put("name", file.name());
        JsonNode taken = visit.calls().sendBytes(Address.of("/invoices", asked), Files.readAllBytes(file.path()));
        JsonNode invoices = taken.path("items");
        return invoices.size() == 1
                ? visit.done(
                        invoices.at("/0/again").asBoolean() ? "invoice-again" : "invoice",
                        "/money/invoices/" + Address.part(invoices.at("/0/id").asText()))
                : visit.done("invoices", Address.of("/money", Map.of("account", asked.getOrDefault("account", ""))));
    }

    private Answer invoice(Visit visit) {
        JsonNode invoice = visit.calls().get("/invoices/" + visit.id());
        return visit.page("invoice", Map.of("invoice", invoice, "chart", chart(invoice.path("rules"))));
    }

    /** Each line as the carrier wrote it, from the one on that was asked for. */
    private Answer lines(Visit visit) {
        String self = "/invoices/" + visit.id();
        Map<String, String> asked = visit.asked(List.of("bucket", "cursor"));
        JsonNode found = visit.calls().get(Address.of(self + "/lines", asked));
        return visit.page(
                "invoice-lines",
                Map.of(
                        "invoice", found.path("items").isEmpty() ? visit.calls().get(self) : named(visit.id(), found),
                        "items", found.path("items"),
                        "later", asked.containsKey("cursor"),
                        "bucket", asked.getOrDefault("bucket", ""),
                        "next", Address.next("/money" + self + "/lines", asked, found)));
    }

    /** An invoice as its lines name it: to count what came of it would take longer than a page of them. */
    private static JsonNode named(String id, JsonNode lines) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("number", lines.at("/items/0/invoice").asText());
    }

    private Answer exportLines(Visit visit) {
        return Headers.safe(visit.calls().raw("/invoices/" + visit.id() + "/lines?format=xlsx"))
                .with("Content-Disposition", "attachment; filename=\"invoice-lines.xlsx\"");
    }

    /** What each rule found, beside what of it can be claimed. */
    private static Chart chart(JsonNode rules) {
        return Chart.of(StreamSupport.stream(rules.spliterator(), false)
                .map(rule -> Spend.Bars.step(rule.path("means").asText(), rule.path("amount"), rule.path("claim")))
                .toList());
    }

    /**
     * Whoever presses twice is told what is so.
     *
     * @param over what the call is refused with once it is done, or cannot be yet
     * @param states of an invoice it was done to
     */
    private Answer act(Visit visit, String call, String done, String over, Set<String> states) {
        String self = "/invoices/" + visit.id();
        try {
            visit.calls().post(self + "/" + call);
        } catch (Refused refused) {
            boolean isOver = refused.isFor(over);
            if (!isOver
                    || !states.contains(visit.calls().get(self).path("state").asText())) {
                throw refused;
            }
        }
        return visit.done(done, "/money/invoices/" + visit.id());
    }

    private Answer open(Visit visit) {
        JsonNode accounts = visit.calls().get("/accounts").path("items");
        String account = visit.query("account").orElse(accounts.at("/0/name").asText(""));
        JsonNode lists =
                account.isEmpty() ? NONE : visit.calls().get("/reconciliation?account=" + Address.part(account));
        return visit.page(
                "money-open", Map.of("accounts", accounts, "account", account, "lists", lists, "exports", LISTS));
    }

    /** One of the lists of what is left open, all of it. */
    private Answer exportOpen(Visit visit) {
        if (!LISTS.containsValue(visit.id())) {
            throw visit.noSuchPage();
        }
        return Headers.safe(visit.calls()
                        .raw(Address.of(
                                "/reconciliation/" + visit.id(),
                                Map.of("account", visit.query("account").orElse(""), "format", "xlsx"))))
                .with("Content-Disposition", "attachment; filename=\"" + visit.id() + ".xlsx\"");
    }

    private Answer shipments(Visit visit) {
        Map<String, String> asked = visit.asked(FILTERS);
        JsonNode found = visit.calls().get(Address.of("/crosswalk", asked));
        return visit.page(
                "crosswalk",
                Map.of(
                        "items", found.path("items"),
                        "export", Address.whole("/money/shipments/export", asked),
                        "next", Address.next("/money/shipments", asked, found)));
    }

    private Answer export(Visit visit) {
        Map<String, String> asked = visit.asked(FILTERS);
        asked.put("format", "xlsx");
        return Headers.safe(visit.calls().raw(Address.of("/crosswalk", asked)))
                .with("Content-Disposition", "attachment; filename=\"shipments.xlsx\"");
    }

    /** Every line of money on the shipments of an order, with where each comes from. */
    private Answer why(Visit visit) {
        visit.request().caller().require(Scope.MONEY_READ);
        String number = visit.query("number").orElse("");
        Meant meant = Meant.by(visit, number);
        JsonNode order = meant.order();
        JsonNode charges = order.isEmpty() ? NONE : visit.calls().get(chargesOf(order));
        return visit.page(
                "why",
                Map.of(
                        "number",
                        number,
                        "several",
                        meant.several(),
                        "order",
                        order,
                        "sides",
                        Sides.of(charges.path("items")),
                        "invoices",
                        invoices(visit, charges.path("items"))));
    }

    /** The numbers of the invoices these lines come from, by id, of those the visitor may look at. */
    private static Map<String, String> invoices(Visit visit, JsonNode lines) {
        Map<String, String> numbers = new HashMap<>();
        Set<String> asked = new HashSet<>();
        for (JsonNode line : lines) {
            String id = Sides.invoice(line);
            if (!id.isEmpty() && asked.size() < MOST_INVOICES && asked.add(id)) {
                String number = visit.calls()
                        .lookAt(Sides.call(line))
                        .at("/items/0/invoice")
                        .asText("");
                if (!number.isEmpty()) {
                    numbers.put(id, number);
                }
            }
        }
        return numbers;
    }

    /** Another customer may have an order of the same number. */
    private static String chargesOf(JsonNode order) {
        return "/charges?orderId=" + Address.part(order.path("orderId").asText()) + "&namespace="
                + Address.part(order.path("namespace").asText());
    }
}
