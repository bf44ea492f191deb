package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An order of several shipments waits for the bills of those accounts alone that are billed. */
class PendingTest {
    private static final JsonNode ORDER = Json.kept("""
            {"pending": [
                {"what": "final_bill", "account": "ups-acme", "expectedBy": "2026-11-30"},
                {"what": "final_bill", "account": "sandbox", "expectedBy": "2026-11-30"},
                {"what": "final_bill", "account": "ups-acme", "expectedBy": "2026-11-30"},
                {"what": "final_bill", "account": "of-last-year", "expectedBy": "2026-11-30"},
                {"what": "label", "account": "sandbox"}]}""");

    @Test
    void no_bill_is_awaited_of_an_account_that_is_not_billed_whatever_else_the_order_was_bought_with() {
        Map<String, JsonNode> accounts =
                Map.of("ups-acme", Json.kept("{\"bill\": \"file\"}"), "sandbox", Json.kept("{\"bill\": \"none\"}"));

        assertThat(Pending.of(ORDER, accounts))
                .extracting(each ->
                        each.path("what").asText() + " " + each.path("account").asText())
                .containsExactly("final_bill ups-acme", "final_bill of-last-year", "label sandbox");
    }
}
