package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.Request;
import io.waybill.api.Resource;
import io.waybill.order.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OneOrderTest {
    @Test
    void of_several_purchases_nobody_knows_the_outcome_of_one_is_chosen_to_be_resolved() throws Exception {
        String two = """
                {"id": "ord_1", "orderId": "A-1", "status": "unresolved", "shipments": [
                  {"id": "shp_1", "account": "one", "status": "unresolved"},
                  {"id": "shp_2", "account": "two", "status": "unresolved"},
                  {"id": "shp_3", "account": "two", "status": "labelled"}]}""";

        assertThat(shown(two))
                .contains("name=\"shipment\" required", "<option value=\"shp_1\">", "<option value=\"shp_2\">")
                .doesNotContain("<option value=\"shp_3\">");
        assertThat(shown("""
                {"id": "ord_1", "orderId": "A-1", "status": "unresolved", "shipments": [
                  {"id": "shp_1", "account": "one", "status": "unresolved"}]}""")).contains("name=\"trackingNumber\"").doesNotContain("name=\"shipment\"");
    }

    @Test
    void an_order_whose_label_was_given_back_is_not_said_to_have_one() throws Exception {
        String order = "{\"id\": \"ord_1\", \"orderId\": \"A-1\", \"status\": \"%s\", \"shipments\": []}";

        assertThat(shown(order.formatted("labelled"))).contains("This order has a label.", "I want a second label");
        assertThat(shown(order.formatted("voided")))
                .contains("The label of this order was given back.", "I want a new label")
                .doesNotContain("This order has a label.", "I want a second label");
    }

    /** Those by which an account is chosen are of no question that somebody asked. */
    @Test
    void of_the_prices_of_a_shipment_those_that_were_compared_last_are_shown() throws Exception {
        String order = "{\"id\": \"ord_1\", \"orderId\": \"A-1\", \"status\": \"labelled\", \"shipments\": []}";
        String quote = """
                {"asked": null, "shipment": "shp_1", "account": "%s", "chosen": %s, "total": "8.10", "currency": "USD",
                 "quotedAt": "2026-11-25T%s:00.123456Z"}""";

        String shown = shown(
                order,
                "{\"items\": ["
                        + String.join(
                                ",",
                                quote.formatted("dear-now", false, "10:00"),
                                quote.formatted("cheap-now", true, "10:00"),
                                quote.formatted("none-before", false, "09:00"))
                        + "]}");
        assertThat(shown).contains("<td>dear-now", "<td>cheap-now").doesNotContain("none-before");

        String since = shown(
                order,
                "{\"items\": ["
                        + String.join(
                                ",",
                                quote.formatted("none-since", false, "11:00"),
                                quote.formatted("dear-before", false, "10:00"),
                                quote.formatted("chosen-before", true, "10:00"))
                        + "]}");
        assertThat(since).contains("<td>none-since", "<td>chosen-before").doesNotContain("dear-before");
    }

    @Test
    void what_happened_within_one_second_is_told_in_its_order() {
        JsonNode order = Json.kept("""
                {"story": [{"at": "2026-11-25T10:00:00.250Z", "what": "bought"}, {"at": "2026-11-25T10:00:00Z", "what": "received"},
                           {"at": "2026-11-25T10:00:00.250500Z", "what": "labelled"}]}""");

        assertThat(Story.of(order).stream().map(Story.Event::what)).containsExactly("received", "bought", "labelled");
    }

    private static String shown(String order) throws Exception {
        return shown(order, "{}");
    }

    private static String shown(String order, String rates) throws Exception {
        Request request = new Request(
                "1",
                Caller.LOCAL,
                "GET",
                "/orders/ord_1",
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                new byte[0],
                null,
                Locale.ENGLISH,
                "",
                "");
        List<Resource> calls = List.of(
                new Resource("get", "/orders/{id}", Optional.empty(), asked -> Answer.ok(Json.kept(order))),
                new Resource("get", "/rates", Optional.empty(), asked -> Answer.ok(Json.kept(rates))),
                new Resource("get", "/accounts", Optional.empty(), asked -> Answer.ok(Visit.json())));
        Visit visit = new Visit(
                TemplateEngine.createPrecompiled(ContentType.Html),
                request,
                new Calls(calls, request),
                Form.EMPTY,
                new String[] {"ord_1"},
                null);
        Page page = new OneOrder()
                .pages().stream()
                        .filter(one -> one.path().equals("/orders/{id}"))
                        .findFirst()
                        .orElseThrow();
        return new String(page.handler().handle(visit).body(), StandardCharsets.UTF_8);
    }
}
