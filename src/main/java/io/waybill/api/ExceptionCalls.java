package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.delivery.Delivery;
import io.waybill.intake.Desk;
import io.waybill.intake.Retrying;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;

/** What needs a person: the open exceptions, trying again, and sending a delivery again. */
final class ExceptionCalls {
    private static final int PAGE = 200;

    private final Ledger ledger;
    private final Desk desk;
    private final Retrying retrying;
    private final Delivery delivery;

    ExceptionCalls(Ledger ledger, Desk desk, Retrying retrying, Delivery delivery) {
        this.retrying = retrying;
        this.ledger = ledger;
        this.desk = desk;
        this.delivery = delivery;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/exceptions", Scope.READ, this::list),
                Resource.post("/exceptions/{id}/retry", Scope.LABELS_BUY, this::retry),
                Resource.post("/deliveries/{id}/replay", Scope.ORDERS_WRITE, this::replay));
    }

    private Answer list(Request request) {
        List<ExceptionBook.Row> open =
                ledger.read(tx -> tx.exceptions().open(request.caller().namespaces(), PAGE));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        open.forEach(row -> items.add(view(row, request.language())));
        return Answer.ok(answer.putNull("next"));
    }

    private Answer retry(Request request) {
        ExceptionBook.Row row = find(request);
        String actor = request.caller().name();
        switch (row.reason()) {
            case "delivery-parked" ->
                delivery.replay(row.subjectId(), request.caller().namespaces(), actor);
            case "order-rejected" -> retrying.again(row, actor);
            case "file-failed" ->
                throw new ProblemException(Problem.of(ApiCode.DROP_IT_AGAIN, "name", row.subjectId()));
            default -> retryPurchase(row, request);
        }
        return Answer.json(202, view(find(request), request.language()));
    }

    private void retryPurchase(ExceptionBook.Row row, Request request) {
        if (row.orderUid() != null) {
            desk.retry(
                    row.orderUid(),
                    request.caller().namespaces(),
                    request.caller().name());
        }
    }

    private Answer replay(Request request) {
        delivery.replay(
                request.parameter("id"),
                request.caller().namespaces(),
                request.caller().name());
        return Answer.json(
                202,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", request.parameter("id"))
                        .put("state", "pending"));
    }

    private ExceptionBook.Row find(Request request) {
        String id = request.parameter("id");
        return ledger.read(tx -> tx.exceptions().find(id, request.caller().namespaces()))
                .orElseThrow(() -> new ProblemException(Problem.of(ApiCode.EXCEPTION_NOT_FOUND, "id", id)));
    }

    private static ObjectNode view(ExceptionBook.Row row, Locale language) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", row.id())
                .put("reason", row.reason())
                .put("namespace", row.namespace())
                .put("source", row.source())
                .put("orderId", row.orderId())
                .put("subject", row.subjectId())
                .put("occurrences", row.occurrences())
                .put("openedAt", row.openedAt().toString())
                .put("due", row.due().toString());
        ArrayNode problems = view.putArray("problems");
        OrderView.stored(row.problems()).forEach(problem -> problems.add(ProblemJson.error(problem, language)));
        if (row.orderUid() != null) {
            view.put("href", "/v1/orders/" + row.orderUid());
        }
        if (row.closedAt() != null) {
            view.put("closedAt", row.closedAt().toString()).put("closedBy", row.closingFact());
        }
        return view;
    }
}
