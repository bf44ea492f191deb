package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.TableExport.Page;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.RefundBook;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code GET /crosswalk[?account=]}: each shipment from its order to the journal, a row for each currency; as a table all of them. */
record Crosswalk(Ledger ledger) {
    static final List<String> COLUMNS = List.of(
            "orderId",
            "reference",
            "costCenter",
            "shipmentId",
            "trackingNumbers",
            "account",
            "service",
            "status",
            "boughtAt",
            "enteredWeight",
            "billedWeight",
            "weightUnit",
            "currency",
            "quoted",
            "expected",
            "billed",
            "refunded",
            "variance",
            "reason",
            "invoice",
            "invoiceLine",
            "journalEntry",
            "refundState",
            "refundRequested",
            "refundApproved",
            "refundCredited",
            "balance",
            "refundWrittenOff");

    private static final int PAGE = 500;

    Answer of(Request request) throws IOException {
        String cursor = request.cursor("shp").orElse("");
        if (!Listed.isTable(request)) {
            Page page = page(request, cursor);
            page.rows().forEach(Crosswalk::listNumbers);
            return Listed.answer(page.rows(), page.next());
        }
        return new TableExport("crosswalk", COLUMNS).of(request, cursor, after -> page(request, String.valueOf(after)));
    }

    /** A table has them in one cell, with a blank between them. */
    private static void listNumbers(ObjectNode row) {
        String numbers = row.path("trackingNumbers").asText("");
        ArrayNode list = row.putArray("trackingNumbers");
        Stream.of(numbers.split(" ")).filter(number -> !number.isEmpty()).forEach(list::add);
    }

    private Page page(Request request, String after) {
        Paged<MoneyBook.Shipped> found = Paged.of(
                ledger.read(tx -> tx.money()
                        .crosswalk(
                                request.caller().namespaces(),
                                request.named("account").orElse(null),
                                after,
                                PAGE + 1)),
                PAGE);
        List<MoneyBook.Shipped> rows = found.rows();
        Map<String, List<MoneyBook.Sums>> sums =
                ledger
                        .read(tx -> tx.money()
                                .sums(rows.stream()
                                        .map(MoneyBook.Shipped::shipment)
                                        .toList()))
                        .stream()
                        .collect(Collectors.groupingBy(MoneyBook.Sums::shipment));
        Map<String, List<RefundBook.Row>> refunds = ledger
                .<List<RefundBook.Row>>read(tx -> tx.refunds()
                        .ofShipments(
                                rows.stream().map(MoneyBook.Shipped::shipment).toList()))
                .stream()
                .filter(refund -> !refund.orphan())
                .collect(Collectors.groupingBy(RefundBook.Row::shipmentUid));
        List<ObjectNode> items = new ArrayList<>();
        rows.forEach(row -> items.addAll(views(
                row, sums.getOrDefault(row.shipment(), List.of()), refunds.getOrDefault(row.shipment(), List.of()))));
        return new Page(items, found.next(MoneyBook.Shipped::shipment));
    }

    /** A refund stands beside the money of its currency, one without a currency beside the first. */
    private static List<ObjectNode> views(
            MoneyBook.Shipped row, List<MoneyBook.Sums> sums, List<RefundBook.Row> refunds) {
        Map<String, MoneyBook.Sums> money = new LinkedHashMap<>();
        sums.forEach(one -> money.put(one.currency(), one));
        refunds.stream()
                .flatMap(refund -> Stream.ofNullable(refund.currency()))
                .forEach(currency -> money.computeIfAbsent(currency, Crosswalk::nothing));
        if (money.isEmpty()) {
            money.put("", nothing(""));
        }
        String first = money.keySet().iterator().next();
        Map<String, List<RefundBook.Row>> beside = refunds.stream()
                .collect(Collectors.groupingBy(refund -> Objects.requireNonNullElse(refund.currency(), first)));
        return money.values().stream()
                .map(one -> view(row, one, Refunded.of(beside.getOrDefault(one.currency(), List.of()))))
                .toList();
    }

    private static MoneyBook.Sums nothing(String currency) {
        return new MoneyBook.Sums(
                "",
                currency,
                null,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                null,
                null);
    }

    private static ObjectNode view(MoneyBook.Shipped row, MoneyBook.Sums money, Refunded refund) {
        boolean billed = money.invoiceNumber() != null;
        return JsonNodeFactory.instance
                .objectNode()
                .put("orderId", row.orderId())
                .put("reference", row.reference())
                .put("costCenter", money.costCenter())
                .put("shipmentId", row.shipment())
                .put("trackingNumbers", row.trackingNumber())
                .put("account", row.account())
                .put("service", row.service())
                .put("status", row.state().word())
                .put("boughtAt", row.boughtAt() == null ? null : row.boughtAt().toString())
                .put("enteredWeight", InvoiceView.plain(row.enteredWeight()))
                .put("billedWeight", InvoiceView.plain(row.billedWeight()))
                .put("weightUnit", row.weightUnit())
                .put("currency", money.currency())
                .put("quoted", InvoiceView.plain(money.quoted()))
                .put("expected", InvoiceView.plain(money.expected()))
                .put("billed", InvoiceView.plain(money.billed()))
                .put("refunded", InvoiceView.plain(money.refunded()))
                .put("variance", billed ? InvoiceView.plain(money.billed().subtract(money.expected())) : null)
                .put("reason", money.reason())
                .put("invoice", money.invoiceNumber())
                .put("invoiceLine", money.invoiceLine())
                .put("journalEntry", money.journalEntry())
                .put("refundState", refund.states())
                .put("refundRequested", InvoiceView.plain(refund.requested()))
                .put("refundApproved", InvoiceView.plain(refund.approved()))
                .put("refundCredited", InvoiceView.plain(refund.credited()))
                .put("balance", InvoiceView.plain(money.expected().subtract(money.billed())))
                .put("refundWrittenOff", InvoiceView.plain(refund.writtenOff()));
    }
}
