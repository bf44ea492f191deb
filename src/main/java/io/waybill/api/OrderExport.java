package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.TableExport.Page;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderSearch;
import java.io.IOException;
import java.util.List;

/** Every order that is looked for as a table. */
record OrderExport(Ledger ledger, Availability availability) {
    private static final int PAGE = 500;

    Answer of(Request request, OrderSearch search) throws IOException {
        return new TableExport("orders", OrderRows.COLUMNS)
                .of(request, search.before(), before -> page(search.before(before, PAGE), request));
    }

    private Page page(OrderSearch search, Request request) {
        List<ObjectNode> rows = ledger.read(tx -> {
            List<OrderRow> found = tx.orders().search(search, request.caller().namespaces());
            return new OrderView(tx, request)
                    .briefs(found).stream()
                            .map(availability::tell)
                            .map(OrderRows::of)
                            .toList();
        });
        return new Page(
                rows,
                rows.size() < PAGE ? null : rows.get(rows.size() - 1).path("id").asText());
    }
}
