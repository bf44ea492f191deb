package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.ledger.Namespaces;
import java.util.List;

/** {@code GET /accounts}: which carriers this caller can ship with, and what each can do. */
final class AccountCalls {
    private final Accounts accounts;

    AccountCalls(Accounts accounts) {
        this.accounts = accounts;
    }

    List<Resource> resources() {
        return List.of(Resource.get("/accounts", Scope.READ, this::list));
    }

    private Answer list(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        accounts.all().stream()
                .filter(account -> isSeen(account, request.caller().namespaces()))
                .forEach(account -> items.add(view(account)));
        return Answer.ok(answer.putNull("next"));
    }

    private static boolean isSeen(Account account, Namespaces scope) {
        return account.namespaces().isEmpty() || account.namespaces().stream().anyMatch(scope::has);
    }

    private ObjectNode view(Account account) {
        Carrier carrier = account.carrier();
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("name", account.name())
                .put("carrier", account.carrierId())
                .put("idempotency", carrier.idempotency().name())
                .put("rates", carrier instanceof Rates)
                .put("voids", carrier instanceof Voids)
                .put("tracking", carrier instanceof Tracks ? "poll" : "none")
                .put("chargeEvent", account.chargeEvent());
        view.set("health", Availability.view(accounts.breaker(account.name()).health()));
        return view;
    }
}
