package io.waybill.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShadowReportTest {
    private static final Map<String, String> TWO_ITEMS = Map.of("/items/0/sku", "CUP", "/items/1/sku", "MUG");

    private final ShadowReport report = new ShadowReport(Locale.ENGLISH);

    @Test
    void an_order_of_several_items_counts_once() {
        report.pair(pairing("SO-1", TWO_ITEMS, TWO_ITEMS));
        report.pair(pairing("SO-2", TWO_ITEMS, Map.of("/items/0/sku", "PAN", "/items/1/sku", "POT")));
        report.pair(pairing("SO-3", TWO_ITEMS, Map.of("/items/0/sku", "CUP")));
        report.pair(pairing("SO-4", Map.of("/items/0/sku", "CUP"), TWO_ITEMS));

        JsonNode field = report.json("oms", "acme", true).at("/fields/0");

        assertThat(field.path("orders").asInt()).isEqualTo(4);
        assertThat(field.path("same").asInt()).isEqualTo(1);
        assertThat(field.path("different").asInt()).isEqualTo(1);
        assertThat(field.path("onlyShadow").asInt()).isEqualTo(1);
        assertThat(field.path("onlyLive").asInt()).isEqualTo(1);
        assertThat(field.path("agreement").asText()).isEqualTo("25.0");
        assertThat(field.path("examples").findValuesAsText("orderId")).containsExactly("SO-2", "SO-3", "SO-4");
    }

    @Test
    void a_field_agrees_altogether_only_where_no_order_differs() {
        Map<String, String> here = Map.of("/service", "ground");
        for (int i = 0; i < 2_999; i++) {
            report.pair(pairing("SO-" + i, here, here));
        }
        report.pair(pairing("SO-X", here, Map.of("/service", "express")));

        assertThat(report.json("oms", "acme", true).at("/fields/0/agreement").asText())
                .isEqualTo("99.9");
    }

    private static Pairing pairing(String orderId, Map<String, String> shadow, Map<String, String> live) {
        return new Pairing(orderId, shadow, live, null, null);
    }
}
