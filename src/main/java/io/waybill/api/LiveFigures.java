package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.LiveBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;

/** What became of a source's orders that a caller sees: bought, given back, followed, billed, and what labels really cost with whom. */
final class LiveFigures {
    private LiveFigures() {}

    static ObjectNode of(Tx tx, String source, Namespaces scope) {
        LiveBook.Counts counts = tx.live().counts(source, scope);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("orders", counts.orders())
                .put("labels", counts.labels())
                .put("imported", counts.imported())
                .put("voided", counts.voided())
                .put("tracked", counts.tracked())
                .put("delivered", counts.delivered())
                .put("billed", counts.billed());
        ArrayNode costs = json.putArray("costs");
        tx.live()
                .costs(source, scope)
                .forEach(cost -> costs.addObject()
                        .put("carrier", cost.carrier())
                        .put("service", cost.service())
                        .put("currency", cost.currency())
                        .put("labels", cost.labels())
                        .put("expected", Amounts.plain(cost.expected()))
                        .put("billed", Amounts.plain(cost.billed())));
        return json;
    }
}
