package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.api.TableExport.Page;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderSearch;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /charges?orderId=}: the lines of the money ledger, each with its source. What carriers bill, and what of it is settled, is
 * told to who may read the money; everybody else hears what was quoted and expected.
 */
final class Charges {
    private static final TableExport TABLE = new TableExport(
            "charges",
            List.of(
                    "id",
                    "orderId",
                    "shipment",
                    "side",
                    "kind",
                    "type",
                    "amount",
                    "currency",
                    "reason",
                    "carrierCode",
                    "carrierText",
                    "source",
                    "sourceRef",
                    "occurredAt"));

    private static final int PAGE = 100;
    private static final Set<String> TOLD_TO_ALL = Set.of("quoted", "expected");

    private final Ledger ledger;

    Charges(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Resource> resources() {
        return List.of(Resource.get("/charges", Scope.READ, this::list)
                .taking("namespace", "orderId", "trackingNumber", "cursor", "format"));
    }

    private Answer list(Request request) throws IOException {
        OrderSearch search = new OrderSearch(
                request.named("namespace").orElse(null),
                request.named("orderId").orElse(null),
                request.named("trackingNumber").orElse(null),
                null,
                null,
                null,
                null,
                PAGE + 1);
        return Listed.pages(
                request, request.cursor("ord"), TABLE, before -> page(request, search.before(before, PAGE + 1)));
    }

    /** The lines of a page of orders. */
    private Page page(Request request, OrderSearch search) {
        return ledger.read(tx -> {
            Paged<OrderRow> orders =
                    Paged.of(tx.orders().search(search, request.caller().namespaces()), PAGE);
            List<ChargeBook.Row> lines = tx.charges()
                    .ofOrders(orders.rows().stream().map(OrderRow::id).toList());
            List<ObjectNode> views =
                    shown(lines, request.caller()).stream().map(Charges::view).toList();
            return new Page(views, orders.next(OrderRow::id));
        });
    }

    /** Those of these lines that the caller may see, in their order. */
    static List<ChargeBook.Row> shown(List<ChargeBook.Row> lines, Caller caller) {
        return caller.may(Scope.MONEY_READ)
                ? lines
                : lines.stream()
                        .filter(line -> TOLD_TO_ALL.contains(line.side()))
                        .toList();
    }

    static ObjectNode view(ChargeBook.Row row) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", row.id())
                .put("orderId", row.orderId())
                .put("shipment", row.shipmentUid())
                .put("side", row.side())
                .put("kind", row.kind())
                .put("type", row.type())
                .put("amount", Amounts.plain(row.amount()))
                .put("currency", row.currency());
        if (row.reason() != null) {
            view.put("reason", row.reason());
        }
        if (row.carrierCode() != null) {
            view.put("carrierCode", row.carrierCode()).put("carrierText", row.carrierText());
        }
        return view.put("source", row.source())
                .put("sourceRef", row.sourceRef())
                .put("occurredAt", row.occurredAt().toString());
    }

    /** The sum of the expected side, when it is all in one currency. Sides are never added to each other. */
    static Optional<ObjectNode> total(List<ChargeBook.Row> charges) {
        BigDecimal sum = BigDecimal.ZERO;
        String currency = null;
        for (ChargeBook.Row row : charges) {
            if (!row.side().equals("expected")) {
                continue;
            }
            if (currency != null && !currency.equals(row.currency())) {
                return Optional.empty();
            }
            currency = row.currency();
            sum = sum.add(row.amount());
        }
        return currency == null
                ? Optional.empty()
                : Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("amount", Amounts.plain(sum))
                        .put("currency", currency));
    }
}
