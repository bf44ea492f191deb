package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.Taken;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Invoices: bringing a file of them, looking at one, its lines, approving and posting. */
final class InvoiceCalls {
    private static final int PAGE = 50;
    private static final int LINES = 1_000;
    private static final int FINDINGS = 1_000;
    private static final List<String> BUCKETS =
            List.of(InvoiceLineBook.ON_SHIPMENT, "account-fee", "outside-label", "unknown-account", "unmatched");

    private final Ledger ledger;
    private final Billing billing;

    InvoiceCalls(Ledger ledger, Billing billing) {
        this.ledger = ledger;
        this.billing = billing;
    }

    List<Resource> resources() {
        return List.of(
                Resource.post("/invoices", Scope.MONEY_APPROVE, this::take)
                        .taking("account", "carrier", "mapping", "name", "currency"),
                Resource.get("/invoices", Scope.MONEY_READ, this::list).taking("account", "cursor", "format"),
                Resource.get("/invoices/{id}", Scope.MONEY_READ, this::one),
                Resource.get("/invoices/{id}/lines", Scope.MONEY_READ, this::lines)
                        .taking("bucket", "cursor", "format"),
                Resource.act("/invoices/{id}/approve", Scope.MONEY_APPROVE, this::approve),
                Resource.act("/invoices/{id}/post", Scope.MONEY_APPROVE, this::post),
                Resource.act("/invoices/{id}/pay", Scope.MONEY_APPROVE, this::pay));
    }

    /** {@code ?account=&carrier=} or {@code &mapping=}, with {@code &name=&currency=}; the body is the file. */
    private Answer take(Request request) {
        String layout = request.query("carrier")
                .or(() -> request.query("mapping"))
                .orElseGet(() -> request.required("carrier", "legal.layout"));
        String account = request.required("account", "legal.billed");
        Handed handed = new Handed(
                request.query("name").orElse("invoice"),
                Content.of(request.body()),
                layout,
                account,
                request.query("currency").orElse(null),
                request.caller().name());
        Taken taken = billing.take(handed, request.caller().namespaces());
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("file", taken.file());
        ArrayNode items = answer.putArray("items");
        taken.invoices()
                .forEach(invoice ->
                        items.add(view(request, invoice.row().id(), 0).put("again", invoice.again())));
        boolean anyNew = taken.invoices().stream().anyMatch(invoice -> !invoice.again());
        return Answer.json(anyNew ? 201 : 200, answer);
    }

    private Answer list(Request request) throws IOException {
        String account = request.named("account").orElse(null);
        Namespaces scope = request.caller().namespaces();
        return Listed.pages(request, request.cursor("inv"), InvoiceView.TABLE, before -> {
            List<InvoiceRow> found = billing.list(scope, account, before, PAGE + 1);
            return TableExport.Page.of(found, PAGE, InvoiceView::of, InvoiceRow::id);
        });
    }

    private Answer one(Request request) {
        return Answer.ok(view(request, request.parameter("id"), FINDINGS));
    }

    private Answer lines(Request request) throws IOException {
        String bucket = request.among("bucket", BUCKETS).orElse(null);
        Optional<String> from = request.query("cursor");
        from.filter(cursor -> !cursor.matches("\\d{1,9}")).ifPresent(cursor -> {
            throw Request.badCursor(cursor);
        });
        InvoiceRow invoice =
                billing.invoice(request.parameter("id"), request.caller().namespaces());
        return Listed.pages(request, from, InvoiceView.LINES, cursor -> {
            int first = cursor == null ? 1 : Integer.parseInt(cursor);
            List<InvoiceLineBook.Line> found =
                    ledger.read(tx -> tx.invoiceLines().lines(invoice.id(), bucket, first, LINES + 1));
            return TableExport.Page.of(
                    found, LINES, line -> InvoiceView.of(line, invoice), last -> String.valueOf(last.line() + 1));
        });
    }

    private Answer approve(Request request) {
        InvoiceRow row = billing.approve(
                request.parameter("id"),
                request.caller().namespaces(),
                request.caller().name());
        return Answer.ok(InvoiceView.of(row));
    }

    private Answer post(Request request) {
        InvoiceRow row = billing.post(
                request.parameter("id"),
                request.caller().namespaces(),
                request.caller().name());
        return Answer.ok(InvoiceView.of(row));
    }

    /** It was paid, without what is in dispute. */
    private Answer pay(Request request) {
        return Answer.ok(InvoiceView.of(billing.disputes()
                .pay(
                        request.parameter("id"),
                        request.caller().namespaces(),
                        request.caller().name())));
    }

    private ObjectNode view(Request request, String id, int findings) {
        return InvoiceView.of(billing.reconciled(id, request.caller().namespaces(), findings), request.language());
    }
}
