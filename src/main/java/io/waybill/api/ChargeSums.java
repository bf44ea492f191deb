package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.billing.Billing;
import io.waybill.billing.Sums;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SumBook.Asked;
import io.waybill.ledger.SumBook.By;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code GET /charges/sums?by=account,period}: the money ledger summed up, each currency for itself or in one; as a table all of it. */
final class ChargeSums {
    private static final int PAGE = 500;
    private static final List<String> COLUMNS =
            List.of("currency", "quoted", "expected", "billed", "settled", "variance", "noRate");
    private static final String WORDS = Stream.of(By.values()).map(By::word).collect(Collectors.joining(", "));

    private final Billing billing;

    ChargeSums(Billing billing) {
        this.billing = billing;
    }

    List<Resource> resources() {
        return List.of(Resource.get("/charges/sums", Scope.MONEY_READ, this::sums)
                .taking("by", "namespace", "account", "since", "until", "currency", "cursor", "format"));
    }

    private Answer sums(Request request) throws IOException {
        List<By> by =
                apart(Stream.of(request.query("by").orElse(By.ACCOUNT.word()).split(","))
                        .map(ChargeSums::by)
                        .distinct()
                        .toList());
        Asked asked = new Asked(
                namespaces(request),
                by,
                request.named("account").orElse(null),
                request.day("since").orElse(null),
                request.day("until").orElse(null));
        Optional<String> currency = request.named("currency").map(ChargeSums::currency);
        Cursor places = places(by, currency);
        String first = places.in(request).orElse("");
        if (Listed.isTable(request)) {
            return new TableExport("sums", columns(by))
                    .of(
                            request,
                            first,
                            cursor -> rows(by, places, page(asked, currency, places, String.valueOf(cursor))));
        }
        Sums.Page page = page(asked, currency, places, first);
        TableExport.Page shown = rows(by, places, page);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("items").addAll(shown.rows());
        rates(answer.putArray("rates"), page.rates());
        return Answer.ok(answer.put("next", shown.next()));
    }

    private Sums.Page page(Asked asked, Optional<String> currency, Cursor places, String cursor) {
        List<String> after = cursor.isEmpty() ? List.of() : places.values(cursor);
        Sums sums = billing.sums();
        return currency.isPresent() ? sums.in(currency.get(), asked, after, PAGE) : sums.apart(asked, after, PAGE);
    }

    private static TableExport.Page rows(List<By> by, Cursor places, Sums.Page page) {
        return new TableExport.Page(
                page.rows().stream().map(row -> view(by, row)).toList(),
                page.after().isEmpty() ? null : places.of(page.after()));
    }

    private static List<String> columns(List<By> by) {
        return Stream.concat(by.stream().map(By::word), COLUMNS.stream()).toList();
    }

    private static By by(String word) {
        return Stream.of(By.values())
                .filter(by -> by.word().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> Request.badParameter("by", word, WORDS));
    }

    /** An order's number is one of its namespace: those of several are not one sum. */
    private static List<By> apart(List<By> by) {
        return by.contains(By.NAMESPACE)
                ? by
                : by.stream()
                        .flatMap(one -> one == By.ORDER ? Stream.of(By.NAMESPACE, one) : Stream.of(one))
                        .toList();
    }

    private static Namespaces namespaces(Request request) {
        Namespaces own = request.caller().namespaces();
        return request.named("namespace")
                .map(asked -> Namespaces.of(own.has(asked) ? Set.of(asked) : Set.of()))
                .orElse(own);
    }

    private static String currency(String text) {
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .filter(text::equals)
                .findFirst()
                .orElseThrow(() -> Request.badParameter("currency", text, "ISO 4217: USD"));
    }

    /** A page of other sums ends elsewhere. */
    private static Cursor places(List<By> by, Optional<String> currency) {
        return new Cursor(
                "sums by " + by.stream().map(By::word).collect(Collectors.joining(",")),
                Collections.nCopies(by.size() + (currency.isPresent() ? 0 : 1), Cursor.ANY));
    }

    private static ObjectNode view(List<By> by, Sums.Row row) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        List<String> keys = new ArrayList<>(row.sum().keys());
        for (int n = 0; n < by.size(); n++) {
            view.put(by.get(n).word(), keys.get(n));
        }
        return view.put("currency", row.sum().currency())
                .put("quoted", Amounts.plain(row.sum().quoted()))
                .put("expected", Amounts.plain(row.sum().expected()))
                .put("billed", Amounts.plain(row.sum().billed()))
                .put("settled", Amounts.plain(row.sum().settled()))
                .put("variance", Amounts.plain(row.variance()))
                .put("noRate", row.noRate());
    }

    private static void rates(ArrayNode list, List<Sums.Rate> rates) {
        rates.forEach(rate -> list.addObject()
                .put("date", rate.date().toString())
                .put("from", rate.from())
                .put("to", rate.to())
                .put("rate", rate.rate().toPlainString())
                .put("source", rate.source()));
    }
}
