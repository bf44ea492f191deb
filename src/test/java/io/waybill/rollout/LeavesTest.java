package io.waybill.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeavesTest {
    @Test
    void items_without_numbers_and_of_one_number_are_the_same_in_another_order() {
        String pen = "{\"description\": \"Pen\", \"quantity\": 2, \"weight\": {\"value\": 0.5, \"unit\": \"kg\"}}";
        String same = "{\"description\": \"Pen\", \"quantity\": 2, \"weight\": {\"value\": 500, \"unit\": \"g\"}}";
        String ink = "{\"description\": \"Ink\", \"quantity\": 1}";
        String small = "{\"sku\": \"S\", \"quantity\": 1}";
        String large = "{\"sku\": \"S\", \"quantity\": 5}";

        assertThat(leaves(small, pen, ink, large)).isEqualTo(leaves(ink, large, same, small));
        assertThat(leaves(pen, ink)).isNotEqualTo(leaves(ink, ink));
    }

    private static Map<String, String> leaves(String... items) {
        return Leaves.of(Json.kept("{\"items\": [" + String.join(", ", items) + "]}"));
    }
}
