package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.billing.Billing;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.RefundBook.Search;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code GET /refunds?account=&state=&olderThan=}: what is asked back for voided labels, by state and age, and written off by {@code POST /refunds/{id}/writeoff}. */
final class RefundCalls {
    private static final TableExport TABLE = new TableExport(
            "refunds",
            List.of(
                    "id",
                    "orderId",
                    "shipmentId",
                    "account",
                    "carrierShipment",
                    "orphan",
                    "state",
                    "ageDays",
                    "currency",
                    "paid",
                    "requested",
                    "approved",
                    "credited",
                    "creditedBy",
                    "writtenOff",
                    "words",
                    "requestedAt",
                    "decidedAt",
                    "creditedAt"));

    private static final int PAGE = 500;
    private static final List<String> STATES = List.of(
            "requested", "pending", "approved", "rejected", "excluded", "credited", "written_off", "not_applicable");
    private static final int LONGEST_REASON = 500;
    private static final Set<String> OPEN = Set.of("requested", "pending", "approved");

    private final Ledger ledger;
    private final Billing billing;

    RefundCalls(Ledger ledger, Billing billing) {
        this.ledger = ledger;
        this.billing = billing;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/refunds", Scope.MONEY_READ, this::list)
                        .taking("account", "state", "olderThan", "cursor", "format"),
                Resource.post("/refunds/{id}/writeoff", Scope.MONEY_APPROVE, this::writeOff));
    }

    /** The body is {@code {"reason": "…"}}. */
    private Answer writeOff(Request request) {
        JsonNode body = Fields.among(Said.in(request.body()), "reason");
        String reason = Fields.word(body, "reason", LONGEST_REASON);
        if (reason.isEmpty()) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "reason").at("/reason"));
        }
        RefundBook.Row row = billing.refunds()
                .writeOff(
                        request.parameter("id"),
                        reason,
                        request.caller().namespaces(),
                        request.caller().name());
        return Answer.ok(view(row, ledger.read(Tx::now)));
    }

    private Answer list(Request request) throws IOException {
        String state = request.named("state").orElse(null);
        if (state != null && !STATES.contains(state)) {
            throw Request.badParameter("state", state, String.join(", ", STATES));
        }
        String days = request.named("olderThan").orElse("0");
        if (!days.matches("\\d{1,5}")) {
            throw Request.badParameter("olderThan", days, "legal.days");
        }
        Instant now = ledger.read(Tx::now);
        Instant until = days.equals("0") ? null : now.minus(Duration.ofDays(Long.parseLong(days)));
        return Listed.pages(request, request.cursor("rfd"), TABLE, cursor -> {
            Search search = new Search(request.named("account").orElse(null), state, until, cursor, PAGE + 1);
            List<RefundBook.Row> rows =
                    ledger.read(tx -> tx.refunds().list(search, request.caller().namespaces()));
            return TableExport.Page.of(rows, PAGE, row -> view(row, now), RefundBook.Row::id);
        });
    }

    /** The age is of what is still to come. */
    private static ObjectNode view(RefundBook.Row row, Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.id())
                .put("orderId", row.orderId())
                .put("shipmentId", row.shipmentUid())
                .put("account", row.account())
                .put("carrierShipment", row.carrierShipment())
                .put("orphan", row.orphan())
                .put("state", row.state())
                .put(
                        "ageDays",
                        OPEN.contains(row.state())
                                ? Duration.between(row.requestedAt(), now).toDays()
                                : null)
                .put("currency", row.currency())
                .put("paid", InvoiceView.plain(row.paid()))
                .put("requested", InvoiceView.plain(row.requested()))
                .put("approved", InvoiceView.plain(row.approved()))
                .put("credited", InvoiceView.plain(row.credited()))
                .put("creditedBy", row.creditedBy())
                .put("writtenOff", InvoiceView.plain(row.writtenOff()))
                .put("words", row.words())
                .put("requestedAt", row.requestedAt().toString())
                .put(
                        "decidedAt",
                        row.decidedAt() == null ? null : row.decidedAt().toString())
                .put(
                        "creditedAt",
                        row.creditedAt() == null ? null : row.creditedAt().toString());
    }
}
