package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.access.Spending;
import io.waybill.intake.Sources;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SpendingBook.Scope.Kind;
import java.util.List;
import java.util.Locale;

/** {@code GET /spending}: the limits of what this caller sees, and what of each is used up today. */
record SpendingCalls(Ledger ledger, Spending spending, Sources sources) {
    List<Resource> resources() {
        return List.of(Resource.get("/spending", Scope.READ, this::list));
    }

    private Answer list(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        ledger.<List<Spending.Used>>read(spending::used).stream()
                .filter(limit -> isSeen(limit, request.caller().namespaces()))
                .forEach(limit -> items.add(view(limit)));
        return Answer.ok(answer.putNull("next"));
    }

    private boolean isSeen(Spending.Used limit, Namespaces scope) {
        String name = limit.scope().name();
        if (limit.scope().kind() == Kind.NAMESPACE) {
            return scope.has(name);
        }
        return scope.all()
                || (sources.names().contains(name)
                        && scope.has(sources.get(name).namespace()));
    }

    private static ObjectNode view(Spending.Used limit) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("scope", limit.scope().kind().name().toLowerCase(Locale.ROOT))
                .put("name", limit.scope().name())
                .put("labels", limit.labels())
                .put("labelsPerDay", limit.mostLabels());
        if (limit.most() != null && limit.spent() != null) {
            view.put("amount", Amounts.plain(limit.spent()))
                    .put("amountPerDay", Amounts.plain(limit.most().amount()))
                    .put("currency", limit.most().currency().getCurrencyCode());
        }
        return view.put("resetsAt", limit.resetsAt().toString());
    }
}
