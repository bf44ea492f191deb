package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.access.Scope;
import io.waybill.dispatch.Audited;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.DispatchCode;
import io.waybill.dispatch.Resolution;
import io.waybill.dispatch.Resolution.Action;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Standing;
import io.waybill.order.OrderCode;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A person decides what became of a purchase the hub cannot settle; and the audit of purchases, now. */
final class ResolveCalls {
    private static final Duration AUDIT_WITHIN = Duration.ofSeconds(60);
    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_NUMBER = 100;
    private static final List<String> FIELDS =
            List.of("action", "reason", "shipment", "trackingNumber", "carrierShipment");
    private static final String ACTIONS =
            Arrays.stream(Action.values()).map(Action::text).collect(Collectors.joining(", "));

    /** The exceptions that are about a purchase. */
    private static final Set<String> RESOLVABLE =
            Set.of("purchase-unresolved", "bought-anyway", "label-overdue", "label-gone", "void-refused");

    private final Ledger ledger;
    private final Dispatch dispatch;
    private final Waits waits;

    ResolveCalls(Ledger ledger, Dispatch dispatch, Waits waits) {
        this.ledger = ledger;
        this.dispatch = dispatch;
        this.waits = waits;
    }

    List<Resource> resources() {
        return List.of(
                Resource.post("/orders/{id}/resolve", Scope.LABELS_BUY, this::resolveOrder),
                Resource.post("/exceptions/{id}/resolve", Scope.LABELS_BUY, this::resolveException),
                Resource.act("/purchases/audit", Scope.ADMIN, this::audit));
    }

    private Answer resolveOrder(Request request) {
        JsonNode body = body(request);
        return resolve(request, request.parameter("id"), resolution(body, text(body, "shipment", LONGEST_NUMBER)));
    }

    private Answer resolveException(Request request) {
        Resolution said = resolution(body(request), null);
        String id = request.parameter("id");
        ExceptionBook.Row row = ledger.read(
                        tx -> tx.exceptions().find(id, request.caller().namespaces()))
                .orElseThrow(() -> new ProblemException(Problem.of(ApiCode.EXCEPTION_NOT_FOUND, "id", id)));
        if (row.orderUid() == null || !RESOLVABLE.contains(row.reason())) {
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_RESOLVE, "id", id, "status", row.reason()));
        }
        return resolve(request, row.orderUid(), said.of(row.shipmentUid()));
    }

    private Answer resolve(Request request, String order, Resolution resolution) {
        switch (resolution.action()) {
            case BUY_ANYWAY -> request.caller().require(Scope.LABELS_BUY_ANYWAY);
            case VOID_AND_REBUY -> request.caller().require(Scope.LABELS_VOID);
            case ADOPT -> {}
        }
        dispatch.resolve(
                order,
                resolution,
                request.caller().namespaces(),
                request.caller().name());
        Standing standing = waits.await(order, request);
        return Settled.answer(ledger, standing, 200, request);
    }

    private Answer audit(Request request) {
        request.caller().requireAllNamespaces();
        String actor = request.caller().name();
        Audited audited = dispatch.audit(AUDIT_WITHIN);
        String found = audited.shipments() + " shipments, " + audited.found() + " found";
        ledger.commitAll(tx -> tx.audit().record(actor, "purchases.audited", null, null, found));
        return Answer.ok(JsonNodeFactory.instance
                .objectNode()
                .put("shipments", audited.shipments())
                .put("found", audited.found())
                .put("unanswered", audited.unanswered())
                .put("complete", audited.complete()));
    }

    private JsonNode body(Request request) {
        JsonNode body = Said.in(request.body());
        Fields.requireAmong(body, FIELDS);
        return body;
    }

    private static Resolution resolution(JsonNode body, @Nullable String shipment) {
        String action = required(body, "action", LONGEST_NUMBER);
        return new Resolution(
                Action.of(action)
                        .orElseThrow(() ->
                                new ProblemException(Problem.of(OrderCode.BAD_VALUE, "value", action, "legal", ACTIONS)
                                        .at("/action"))),
                required(body, "reason", LONGEST_REASON),
                shipment,
                text(body, "trackingNumber", LONGEST_NUMBER),
                text(body, "carrierShipment", LONGEST_NUMBER));
    }

    private static String required(JsonNode body, String field, int longest) {
        String text = text(body, field, longest);
        if (text == null) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", field).at("/" + field));
        }
        return text;
    }

    private static @Nullable String text(JsonNode body, String field, int longest) {
        String text = Fields.word(body, field, longest);
        return text.isEmpty() ? null : text;
    }
}
