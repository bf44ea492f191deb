package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * The lines of the money ledger a transaction writes, until one of its events brings them: a line is {@code new} in one event,
 * so that books which add up what is new come to what the ledger says.
 */
final class NewLines {
    /** The events that bring lines. Every other only shows them. */
    private static final Set<String> BRINGING = Set.of("billing.charged", "billing.refunded", "shipment.voided");

    private final Set<String> untold = new HashSet<>();

    /** The id of a line that is written now. */
    String next() {
        String id = Ids.next("chg");
        untold.add(id);
        return id;
    }

    /** Says of each of an event's {@code charges} whether this event brings it. */
    void mark(ObjectNode data, String type) {
        boolean brings = BRINGING.contains(type);
        for (JsonNode line : data.path("charges")) {
            boolean isNew = brings && untold.remove(line.path("id").asText());
            ((ObjectNode) line).put("new", isNew);
        }
    }
}
