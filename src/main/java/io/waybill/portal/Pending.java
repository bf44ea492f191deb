package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What an order waits for, each thing once: what the interface tells without the bills of accounts that none comes of by itself. */
final class Pending {
    private Pending() {}

    /** @param accounts of its shipments, by name; one that is not in the settings any more is not among them, and may be billed */
    static List<JsonNode> of(JsonNode order, Map<String, JsonNode> accounts) {
        return StreamSupport.stream(order.path("pending").spliterator(), false)
                .filter(each -> !each.path("what").asText().equals("final_bill") || isBilled(each, accounts))
                .distinct()
                .toList();
    }

    private static boolean isBilled(JsonNode bill, Map<String, JsonNode> accounts) {
        JsonNode account = accounts.get(bill.path("account").asText());
        return account == null || !account.path("bill").asText().equals("none");
    }
}
