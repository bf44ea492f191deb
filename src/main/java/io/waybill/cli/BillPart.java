package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The part of an assessment that tells of the carrier's bill. */
record BillPart(Locale language) {
    void addTo(Page page, JsonNode bill) {
        Page.Section section = page.section(text("assess.bill"));
        String currency = bill.path("currency").asText();
        section.say(text("assess.bill.total", Facts.of(bill, "carrier", "invoices", "total", "currency")));
        section.table(
                List.of(
                        text("assess.column.type"),
                        text("assess.column.lines"),
                        text("assess.column.amount", "currency", currency)),
                rows(bill));
        if (bill.has("problem")) {
            section.mark(Page.Speaks.AGAINST, bill.at("/problem/text").asText());
            return;
        }
        orders(section, bill.path("orders"));
        shipments(section, bill.path("shipments"), currency);
        JsonNode ofNone = bill.path("ofNoShipment");
        if (ofNone.path("lines").asInt() > 0) {
            section.say(text(
                    "assess.bill.of-no-shipment",
                    "lines",
                    ofNone.path("lines").asText(),
                    "amount",
                    ofNone.path("amount").asText(),
                    "currency",
                    currency));
        }
        compared(section, bill.path("compared"), currency);
    }

    private List<List<String>> rows(JsonNode bill) {
        List<List<String>> rows = new ArrayList<>();
        int lines = 0;
        for (JsonNode type : bill.path("types")) {
            lines += type.path("lines").asInt();
            rows.add(List.of(
                    text("assess.type." + type.path("type").asText()),
                    type.path("lines").asText(),
                    type.path("amount").asText()));
        }
        rows.add(List.of(
                text("assess.type.total"),
                String.valueOf(lines),
                bill.path("total").asText()));
        return rows;
    }

    private void orders(Page.Section section, JsonNode orders) {
        section.say(text("assess.bill.orders", Facts.of(orders, "billed", "looked")));
        int notBilled = orders.path("notBilled").asInt();
        section.mark(
                Page.Speaks.of(notBilled == 0),
                text("assess.bill.not-billed", "count", notBilled) + examples(orders, notBilled));
    }

    private void shipments(Page.Section section, JsonNode shipments, String currency) {
        int nobodys = shipments.path("nobodys").asInt();
        section.mark(
                Page.Speaks.of(nobodys == 0),
                text(
                                "assess.bill.nobodys",
                                "count",
                                nobodys,
                                "billed",
                                shipments.path("billed").asText(),
                                "amount",
                                shipments.path("nobodysAmount").asText(),
                                "currency",
                                currency)
                        + examples(shipments, nobodys));
    }

    private String examples(JsonNode of, int all) {
        JsonNode examples = of.path("examples");
        if (examples.isEmpty()) {
            return "";
        }
        String names = ReadinessPage.each(examples).map(JsonNode::asText).collect(Collectors.joining(", "));
        return text("assess.bill.examples", "names", names, "more", all > examples.size() ? ", …" : "");
    }

    private void compared(Page.Section section, JsonNode compared, String currency) {
        if (compared.path("orders").asInt() == 0) {
            section.say(text("assess.bill.not-compared", "currency", currency));
            return;
        }
        section.say(text(
                "assess.bill.compared",
                "orders",
                compared.path("orders").asText(),
                "billed",
                compared.path("billed").asText(),
                "expected",
                compared.path("expected").asText(),
                "difference",
                compared.path("difference").asText(),
                "currency",
                currency));
    }

    private String text(String key, Object... namesAndValues) {
        return Messages.in(language).text(key, namesAndValues);
    }
}
