package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import java.util.Optional;

/** What an order says that its system took back: {@code release: hold}, and beside that what it said before. */
final class TakenBack {
    private static final String RELEASE = "release";
    private static final String HOLD = "hold";

    private TakenBack() {}

    /** What it says while it waits. */
    static ObjectNode waiting(OrderRow order) {
        return content(order).put(RELEASE, HOLD);
    }

    /** What it says when it comes again as it was; empty for one that was not taken back. */
    static Optional<ObjectNode> of(Tx tx, OrderRow order) {
        return order.releaseRule().equals(HOLD)
                ? tx.revisions().beforeHold(order).map(before -> restored(content(order), Json.kept(before)))
                : Optional.empty();
    }

    private static ObjectNode restored(ObjectNode now, JsonNode before) {
        now.remove(RELEASE);
        if (before.has(RELEASE)) {
            now.set(RELEASE, before.path(RELEASE));
        }
        return now;
    }

    private static ObjectNode content(OrderRow order) {
        return (ObjectNode) Json.kept(order.content());
    }
}
