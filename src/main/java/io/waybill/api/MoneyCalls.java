package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.billing.Billing;
import io.waybill.billing.JournalNews;
import io.waybill.ledger.JournalBook;
import io.waybill.ledger.Ledger;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The money over all invoices: a row for every shipment, what is owed and not billed, what was posted. */
final class MoneyCalls {
    private static final TableExport ACCRUALS = new TableExport(
            "accruals",
            List.of(
                    "namespace",
                    "account",
                    "carrier",
                    "costCenter",
                    "currency",
                    "shipments",
                    "expected",
                    "billed",
                    "accrual"));

    private static final int PAGE = 500;
    private static final Cursor JOURNAL = new Cursor("journal", Cursor.ANY, Cursor.NUMBER);

    private final Ledger ledger;
    private final Billing billing;

    MoneyCalls(Ledger ledger, Billing billing) {
        this.ledger = ledger;
        this.billing = billing;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/crosswalk", Scope.MONEY_READ, new Crosswalk(ledger)::of)
                        .taking("account", "cursor", "format"),
                Resource.get("/accruals", Scope.MONEY_READ, this::accruals).taking("asOf", "format"),
                Resource.act("/accruals", Scope.MONEY_APPROVE, this::accrue).taking("asOf"),
                Resource.get("/journal", Scope.MONEY_READ, this::journal).taking("entry", "cursor", "format"));
    }

    /** {@code ?asOf=2026-11-30}: what was recorded by the end of that day, in UTC. */
    private Answer accruals(Request request) throws IOException {
        Instant now = ledger.read(io.waybill.ledger.Tx::now);
        Instant asOf = request.day("asOf")
                .map(day -> endOf(day, now.atZone(ZoneOffset.UTC).toLocalDate()))
                .orElse(now);
        List<ObjectNode> items = new ArrayList<>();
        ledger.read(tx -> tx.accruals().asOf(request.caller().namespaces(), asOf))
                .forEach(row -> items.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("namespace", row.namespace())
                        .put("account", row.account())
                        .put("carrier", row.carrier())
                        .put("costCenter", row.costCenter())
                        .put("currency", row.currency())
                        .put("shipments", row.shipments())
                        .put("expected", InvoiceView.plain(row.expected()))
                        .put("billed", InvoiceView.plain(row.billed()))
                        .put("accrual", InvoiceView.plain(row.amount()))));
        return Listed.pages(request, Optional.empty(), ACCRUALS, cursor -> new TableExport.Page(items, null));
    }

    /** What will be owed nobody knows. */
    private static Instant endOf(LocalDate day, LocalDate today) {
        if (day.isAfter(today)) {
            throw Request.badParameter("asOf", day.toString(), "legal.begun", "until", today);
        }
        return day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** {@code ?asOf=}: posts the accrual of that day and its reversal. */
    private Answer accrue(Request request) {
        request.required("asOf", "2026-11-30");
        LocalDate asOf = request.day("asOf").orElseThrow();
        int lines = billing.accrue(
                request.caller().namespaces(), asOf, request.caller().name());
        return Answer.ok(JsonNodeFactory.instance
                .objectNode()
                .put("asOf", asOf.toString())
                .put("posted", lines));
    }

    /** {@code ?entry=}: what was posted, line by line. */
    private Answer journal(Request request) throws IOException {
        return Listed.pages(
                request,
                JOURNAL.in(request),
                new TableExport("journal", JournalNews.COLUMNS),
                cursor -> journal(request, cursor == null ? List.of("", "0") : JOURNAL.values(cursor)));
    }

    private TableExport.Page journal(Request request, List<String> after) {
        List<JournalBook.Line> lines = ledger.read(tx -> tx.journal()
                .lines(
                        request.caller().namespaces(),
                        request.named("entry").orElse(null),
                        after.get(0),
                        Integer.parseInt(after.get(1)),
                        PAGE + 1));
        return TableExport.Page.of(lines, PAGE, JournalNews::of, line -> JOURNAL.of(line.entryId(), line.line()));
    }
}
