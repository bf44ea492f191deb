package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EditsTest {
    private static final JsonNode ORDER = Json.kept("{\"shipTo\": {\"line1\": \"1 Main St\\r\\nApt 2\"}}");

    @Test
    void a_line_break_a_browser_took_out_of_a_field_is_no_change() {
        assertThat(Edits.patch(ORDER, form("1 Main StApt 2", "1 Main StApt 2"))).isEmpty();
        assertThat(Edits.patch(ORDER, form("1 Main St\r\nApt 2", "1 Main StApt 2")))
                .isEmpty();
        assertThat(Edits.patch(ORDER, form("1 Main StApt 2", "1 Main St, Apt 2")))
                .hasToString("{\"shipTo\":{\"line1\":\"1 Main St, Apt 2\"}}");
    }

    private static Form form(String was, String is) {
        return new Form(Map.of("was/shipTo/line1", List.of(was), "/shipTo/line1", List.of(is)), null);
    }
}
