package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is left open between the hub and a carrier: {@code GET /reconciliation?account=} begins each of its three lists, and each has
 * a call of its own, by pages and as a table.
 */
record Reconciliation(Ledger ledger) {
    private static final int PAGE = 500;
    private static final String UNMATCHED = "unmatched";
    private static final String OUTSIDE = "outside-label";
    private static final Cursor SHIPMENTS = new Cursor("shipments-never-billed", "\\w+", "[A-Z]{3}", Cursor.NUMBER);
    private static final List<String> LINE =
            List.of("invoice", "line", "trackingNumber", "shipDate", "text", "amount", "currency");
    private static final List<String> SHIPMENT =
            List.of("shipment", "orderId", "trackingNumber", "boughtAt", "expected", "currency");

    List<Resource> resources() {
        return List.of(
                Resource.get("/reconciliation", Scope.MONEY_READ, this::all).taking("account", "until"),
                Resource.get("/reconciliation/unmatched-lines", Scope.MONEY_READ, request -> lines(request, UNMATCHED))
                        .taking("account", "cursor", "format"),
                Resource.get(
                                "/reconciliation/labels-never-bought",
                                Scope.MONEY_READ,
                                request -> lines(request, OUTSIDE))
                        .taking("account", "cursor", "format"),
                Resource.get("/reconciliation/shipments-never-billed", Scope.MONEY_READ, this::shipments)
                        .taking("account", "until", "cursor", "format"));
    }

    private Answer all(Request request) {
        String account = account(request);
        Namespaces scope = request.caller().namespaces();
        return ledger.read(tx -> {
            LocalDate until = until(tx, request, account);
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("account", account).put("until", until == null ? null : until.toString());
            answer.putArray("unmatchedLines")
                    .addAll(lines(tx, scope, account, UNMATCHED, null).rows());
            answer.putArray("labelsNeverBought")
                    .addAll(lines(tx, scope, account, OUTSIDE, null).rows());
            answer.putArray("shipmentsNeverBilled")
                    .addAll(shipments(tx, scope, account, until, null).rows());
            return Answer.ok(answer.put("most", PAGE));
        });
    }

    private Answer lines(Request request, String bucket) throws IOException {
        String account = account(request);
        Namespaces scope = request.caller().namespaces();
        return Listed.pages(
                request,
                lines(bucket).in(request),
                new TableExport(lines(bucket).list(), LINE),
                cursor -> ledger.read(tx -> lines(tx, scope, account, bucket, cursor)));
    }

    private Answer shipments(Request request) throws IOException {
        String account = account(request);
        Namespaces scope = request.caller().namespaces();
        Optional<String> from = SHIPMENTS.in(request);
        LocalDate until = request.day("until")
                .or(() -> from.map(Reconciliation::day))
                .orElseGet(() -> ledger.read(tx -> until(tx, request, account)));
        return Listed.pages(
                request,
                from,
                new TableExport(SHIPMENTS.list(), SHIPMENT),
                cursor -> ledger.read(tx -> shipments(tx, scope, account, until, cursor)));
    }

    private static Cursor lines(String bucket) {
        return new Cursor(
                bucket.equals(OUTSIDE) ? "labels-never-bought" : "unmatched-lines", "inv_\\w+", Cursor.NUMBER);
    }

    private static String account(Request request) {
        return request.required("account", "legal.account");
    }

    /** The day that was asked for, else the last one the account's invoices bill. */
    private static @Nullable LocalDate until(Tx tx, Request request, String account) {
        return request.day("until")
                .or(() -> tx.money().billedUntil(request.caller().namespaces(), account))
                .orElse(null);
    }

    /** The day that the first page counted to: what is billed between two pages moves no row of the next. */
    private static LocalDate day(String cursor) {
        return LocalDate.ofEpochDay(Integer.parseInt(SHIPMENTS.values(cursor).get(2)));
    }

    private static TableExport.Page lines(
            Tx tx, Namespaces scope, String account, String bucket, @Nullable String cursor) {
        Cursor places = lines(bucket);
        List<String> place = cursor == null ? List.of() : places.values(cursor);
        InvoiceLineBook.Place after =
                place.isEmpty() ? null : new InvoiceLineBook.Place(place.get(0), Integer.parseInt(place.get(1)));
        return TableExport.Page.of(
                tx.invoiceLines().inBucket(scope, account, bucket, after, PAGE + 1),
                PAGE,
                Reconciliation::view,
                line -> places.of(line.invoiceUid(), line.line()));
    }

    private static TableExport.Page shipments(
            Tx tx, Namespaces scope, String account, @Nullable LocalDate until, @Nullable String cursor) {
        if (until == null) {
            return new TableExport.Page(List.of(), null);
        }
        long day = until.toEpochDay();
        List<String> after = cursor == null ? List.of("", "") : SHIPMENTS.values(cursor);
        return TableExport.Page.of(
                tx.money().neverBilled(scope, account, until, after.get(0), after.get(1), PAGE + 1),
                PAGE,
                Reconciliation::view,
                row -> SHIPMENTS.of(row.shipment(), row.currency(), day));
    }

    private static ObjectNode view(InvoiceLineBook.Open line) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("invoice", line.number())
                .put("line", line.line())
                .put("trackingNumber", line.trackingNumber())
                .put(
                        "shipDate",
                        line.shipDate() == null ? null : line.shipDate().toString())
                .put("text", line.carrierText())
                .put("amount", InvoiceView.plain(line.amount()))
                .put("currency", line.currency());
    }

    private static ObjectNode view(MoneyBook.Unbilled row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("shipment", row.shipment())
                .put("orderId", row.orderId())
                .put("trackingNumber", row.trackingNumber())
                .put("boughtAt", row.boughtAt().toString())
                .put("expected", InvoiceView.plain(row.expected()))
                .put("currency", row.currency());
    }
}
