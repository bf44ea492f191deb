package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
}
