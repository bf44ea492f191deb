package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.order.Json;
import org.junit.jupiter.api.Test;

class RatesTest {
    private final JsonNode sources = JsonNodeFactory.instance
            .arrayNode()
            .add(JsonNodeFactory.instance.objectNode().put("name", "shop a"));

    @Test
    void prices_are_asked_for_as_the_orders_source_would_be_told_where_the_reader_sees_it() {
        assertThat(Rates.asked(sources, "shop a")).isEqualTo("/rates?mapped=true&source=shop%20a");
        assertThat(Rates.asked(sources, "erp")).isEqualTo("/rates?mapped=true");
    }

    @Test
    void prices_of_several_currencies_are_only_set_beside_those_of_their_own() {
        JsonNode compared = Json.kept("""
                {"cheapest": {"account": "c", "service": "ground"},
                 "quotes": [
                   {"account": "a", "service": "ground", "total": {"amount": "7.00", "currency": "EUR"}},
                   {"account": "d", "service": "ground", "excluded": "too heavy"},
                   {"account": "b", "service": "ground", "total": {"amount": "10.00", "currency": "USD"}},
                   {"account": "c", "service": "ground", "total": {"amount": "8.00", "currency": "USD"}}]}""");

        assertThat(Rates.quotes(compared))
                .extracting(quote -> quote.said().path("account").asText() + " " + quote.bar())
                .containsExactly("c 80", "b 100", "a 100", "d 0");
    }

    @Test
    void what_it_costs_and_what_it_would_cost_are_two_sentences() {
        JsonNode cheapest = Json.kept("{\"amount\": \"8.00\", \"currency\": \"USD\"}");

        assertThat(Rates.saving(true, usd("10.00"), cheapest))
                .isEqualTo(new Rates.Saving("rates.saving.bought.less", "2.00"));
        assertThat(Rates.saving(true, usd("7.50"), cheapest))
                .isEqualTo(new Rates.Saving("rates.saving.bought.more", "0.50"));
        assertThat(Rates.saving(false, usd("8.00"), cheapest))
                .isEqualTo(new Rates.Saving("rates.saving.today.same", "0.00"));
        assertThat(Rates.saving(false, Json.kept("{\"amount\": \"8.00\", \"currency\": \"EUR\"}"), cheapest))
                .isEqualTo(Rates.Saving.NONE);
    }

    @Test
    void an_order_that_was_bought_in_pieces_costs_what_all_of_them_cost() {
        String order = """
                {"shipments": [
                   {"status": "voided", "total": {"amount": "8.00", "currency": "USD"}},
                   {"seq": 2, "reason": "piece", "status": "labelled", "total": {"amount": "8.10", "currency": "USD"}},
                   {"seq": 3, "reason": "rebuy", "status": "labelled", "total": {"amount": "7.95", "currency": "USD"}},
                   {"seq": 4, "reason": "return", "status": "labelled", "total": {"amount": "3.00", "currency": "USD"}}%s]}""";

        assertThat(Rates.bought(Json.kept(order.formatted(""))))
                .hasValueSatisfying(
                        cost -> assertThat(cost.toString()).isEqualTo("{\"amount\":\"16.05\",\"currency\":\"USD\"}"));
        assertThat(Rates.bought(
                        Json.kept(order.formatted(", {\"seq\": 5, \"reason\": \"piece\", \"status\": \"ready\"}"))))
                .as("one of its pieces is not bought yet")
                .isEmpty();
        assertThat(
                        Rates.bought(
                                Json.kept(
                                        order.formatted(
                                                ", {\"seq\": 5, \"reason\": \"piece\", \"status\": \"labelled\", \"total\": {\"amount\": \"1\", \"currency\": \"EUR\"}}"))))
                .as("no sum of two currencies")
                .isEmpty();
        assertThat(Rates.bought(Json.kept("""
                {"shipments": [
                   {"status": "voided", "total": {"amount": "8.00", "currency": "USD"}},
                   {"seq": 2, "reason": "relabel", "status": "labelled", "total": {"amount": "9.00", "currency": "USD"}}]}""")))
                .hasValueSatisfying(
                        cost -> assertThat(cost.path("amount").asText()).isEqualTo("9.00"));
    }

    private static JsonNode usd(String amount) {
        return Json.kept("{\"amount\": \"" + amount + "\", \"currency\": \"USD\"}");
    }
}
