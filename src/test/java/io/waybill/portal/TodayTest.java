package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import org.junit.jupiter.api.Test;

class TodayTest {
    @Test
    void accounts_that_buy_nothing_now_stand_before_those_that_do() throws Exception {
        JsonNode accounts = Json.mapper().readTree("""
                [{"name": "good", "on": true, "health": {"available": true}},
                 {"name": "away", "on": true, "health": {"available": false}},
                 {"name": "also-good", "on": true, "health": {"available": true}},
                 {"name": "off", "on": false, "health": {"available": true}}]""");

        assertThat(Today.worstFirst(accounts))
                .extracting(account -> account.path("name").asText())
                .containsExactly("away", "off", "good", "also-good");
    }
}
