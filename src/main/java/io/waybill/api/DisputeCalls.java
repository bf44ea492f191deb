package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.billing.Billing;
import io.waybill.ledger.DisputeBook;
import io.waybill.ledger.DisputeLine;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.VarianceBook;
import io.waybill.ledger.VarianceBook.Variance;
import io.waybill.order.OrderCode;
import io.waybill.order.Said;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What audits found and what people decide about it: accept, write off, or dispute; disputes and the files that claim them. */
final class DisputeCalls {
    private static final TableExport TABLE = new TableExport(
            "disputes",
            List.of(
                    "id",
                    "account",
                    "carrier",
                    "invoice",
                    "invoiceId",
                    "state",
                    "currency",
                    "claimed",
                    "credited",
                    "rejected",
                    "deadline",
                    "words",
                    "openedBy",
                    "openedAt",
                    "closedAt"));

    private static final List<String> DECIDED = List.of("open", "accepted", "disputed", "written-off");
    private static final List<String> DISPUTED = List.of("open", "credited", "part-credited", "rejected");
    private static final int PAGE = 500;
    private static final int LINES = 5_000;
    private static final List<String> COLUMNS = List.of(
            "dispute",
            "carrier",
            "account",
            "accountNumber",
            "invoiceNumber",
            "invoiceDate",
            "invoiceLine",
            "trackingNumber",
            "orderId",
            "chargeCode",
            "charge",
            "billed",
            "claimed",
            "credited",
            "currency",
            "rule",
            "why",
            "evidence",
            "deadline");

    private final Ledger ledger;
    private final Billing billing;

    DisputeCalls(Ledger ledger, Billing billing) {
        this.ledger = ledger;
        this.billing = billing;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/variances", Scope.MONEY_READ, this::variances)
                        .taking("invoice", "account", "rule", "state", "cursor", "format"),
                Resource.post(
                        "/variances/{id}/accept",
                        Scope.MONEY_APPROVE,
                        request -> decide(
                                request,
                                (id, reason, scope, by) -> billing.disputes().accept(id, reason, scope, by))),
                Resource.post(
                        "/variances/{id}/writeoff",
                        Scope.MONEY_APPROVE,
                        request -> decide(
                                request,
                                (id, reason, scope, by) -> billing.disputes().writeOff(id, reason, scope, by))),
                Resource.post(
                        "/variances/{id}/dispute",
                        Scope.MONEY_APPROVE,
                        request -> decide(
                                request,
                                (id, reason, scope, by) -> billing.disputes().dispute(id, reason, scope, by))),
                Resource.get("/disputes", Scope.MONEY_READ, this::disputes)
                        .taking("account", "state", "cursor", "format"),
                Resource.get("/disputes/file", Scope.MONEY_READ, this::fileOfAccount)
                        .taking("account"),
                Resource.get("/disputes/{id}", Scope.MONEY_READ, this::one),
                Resource.post("/disputes/{id}/reject", Scope.MONEY_APPROVE, this::reject),
                Resource.get("/disputes/{id}/file", Scope.MONEY_READ, this::file));
    }

    private interface Decision {
        Variance make(String id, @Nullable String reason, Namespaces scope, String by);
    }

    /** The body, if any, is {@code {"reason": "…"}}. */
    private static Answer decide(Request request, Decision decision) {
        return Answer.ok(InvoiceView.of(decision.make(
                request.parameter("id"),
                said(request, "reason", 500),
                request.caller().namespaces(),
                request.caller().name())));
    }

    private static @Nullable String said(Request request, String field, int longest) {
        JsonNode body = Fields.among(Said.ifAny(request.body()), field);
        String said = Fields.text(body, field);
        if (said.length() > longest) {
            throw new ProblemException(Problem.of(OrderCode.TOO_LONG, "length", said.length(), "max", longest)
                    .at("/" + field));
        }
        return said.isBlank() ? null : said;
    }

    private Answer variances(Request request) throws IOException {
        return Listed.pages(request, request.cursor("fnd"), InvoiceView.VARIANCES, cursor -> {
            VarianceBook.Search search = new VarianceBook.Search(
                    request.named("invoice").orElse(null),
                    request.named("account").orElse(null),
                    request.named("rule").orElse(null),
                    request.among("state", DECIDED).orElse(null),
                    cursor,
                    PAGE + 1);
            List<Variance> rows = ledger.read(
                    tx -> tx.variances().list(search, request.caller().namespaces()));
            return TableExport.Page.of(rows, PAGE, InvoiceView::of, Variance::id);
        });
    }

    private Answer disputes(Request request) throws IOException {
        return Listed.pages(request, request.cursor("dsp"), TABLE, cursor -> {
            List<DisputeBook.Row> rows = ledger.read(tx -> tx.disputes()
                    .list(
                            request.caller().namespaces(),
                            request.named("account").orElse(null),
                            request.among("state", DISPUTED).orElse(null),
                            cursor,
                            PAGE + 1));
            return TableExport.Page.of(rows, PAGE, DisputeCalls::view, DisputeBook.Row::id);
        });
    }

    private Answer one(Request request) {
        DisputeBook.Row row = find(request);
        ObjectNode view = view(row);
        view.putArray("lines").addAll(lines(request, row.id()));
        return Answer.ok(view);
    }

    private Answer reject(Request request) {
        return Answer.ok(view(billing.disputes()
                .reject(
                        request.parameter("id"),
                        said(request, "words", 2000),
                        request.caller().namespaces(),
                        request.caller().name())));
    }

    private DisputeBook.Row find(Request request) {
        return billing.disputes().find(request.parameter("id"), request.caller().namespaces());
    }

    /** What is handed to the carrier: a line for each charge that is claimed. */
    private Answer file(Request request) throws IOException {
        String id = find(request).id();
        return new TableExport("dispute", COLUMNS).of(request, null, after -> lines(request, id, null, after));
    }

    /** {@code ?account=}: everything open of an account in one file. */
    private Answer fileOfAccount(Request request) throws IOException {
        String account = request.required("account", "legal.account");
        return new TableExport("disputes", COLUMNS).of(request, null, after -> lines(request, null, account, after));
    }

    /** All lines of one dispute. */
    private List<ObjectNode> lines(Request request, String dispute) {
        TableExport.Page page = lines(request, dispute, null, null);
        List<ObjectNode> all = new ArrayList<>(page.rows());
        while (page.next() != null) {
            page = lines(request, dispute, null, page.next());
            all.addAll(page.rows());
        }
        return all;
    }

    private TableExport.Page lines(
            Request request, @Nullable String dispute, @Nullable String account, @Nullable String after) {
        List<DisputeLine> lines =
                ledger.read(tx -> tx.disputes().lines(request.caller().namespaces(), dispute, account, after, LINES));
        return new TableExport.Page(
                lines.stream().map(line -> line(line, request.language())).toList(),
                lines.isEmpty() ? null : lines.get(lines.size() - 1).finding());
    }

    private static ObjectNode line(DisputeLine line, Locale language) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("dispute", line.dispute())
                .put("carrier", line.carrier())
                .put("account", line.account())
                .put("accountNumber", line.accountNumber())
                .put("invoiceNumber", line.invoiceNumber())
                .put(
                        "invoiceDate",
                        line.invoiceDate() == null ? null : line.invoiceDate().toString())
                .put("invoiceLine", line.invoiceLine())
                .put("trackingNumber", line.trackingNumber())
                .put("orderId", line.orderId())
                .put("chargeCode", line.carrierCode())
                .put("charge", line.carrierText())
                .put("billed", InvoiceView.plain(line.billed()))
                .put("claimed", InvoiceView.plain(line.claimed()))
                .put("credited", InvoiceView.plain(line.credited()))
                .put("currency", line.currency())
                .put("rule", line.ruleName())
                .put("why", Messages.in(language).text("audit." + line.ruleName()))
                .put("evidence", line.evidence())
                .put(
                        "deadline",
                        line.deadline() == null ? null : line.deadline().toString());
    }

    private static ObjectNode view(DisputeBook.Row row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.id())
                .put("account", row.account())
                .put("carrier", row.carrier())
                .put("invoice", row.invoiceNumber())
                .put("invoiceId", row.invoiceUid())
                .put("state", row.state())
                .put("currency", row.currency())
                .put("claimed", InvoiceView.plain(row.claimed()))
                .put("credited", InvoiceView.plain(row.credited()))
                .put("rejected", InvoiceView.plain(row.rejected()))
                .put("deadline", row.deadline() == null ? null : row.deadline().toString())
                .put("words", row.words())
                .put("openedBy", row.openedBy())
                .put("openedAt", row.openedAt().toString())
                .put("closedAt", row.closedAt() == null ? null : row.closedAt().toString());
    }
}
