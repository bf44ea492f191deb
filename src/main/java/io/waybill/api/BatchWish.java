package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.order.Said;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;

/** What a commit asks for, as it is written. */
final class BatchWish {
    private static final List<String> FIELDS = List.of("rows", "maxTotal");
    private static final List<String> OF_MOST = List.of("amount", "currency");

    private BatchWish() {}

    /**
     * {@code {"rows": "good", "maxTotal": "120.00"}}, or with a currency: {@code {"amount": "120.00", "currency": "USD"}}.
     *
     * @throws ProblemException {@code unknown-field}: with its maximum misspelt a batch would be bought without any; {@code wrong-type}
     */
    static Wish of(Request request) {
        JsonNode body = Said.ifAny(request.body());
        Fields.requireAmong(body, FIELDS);
        String said = Fields.text(body, "rows");
        String rows = said.isEmpty() ? "all" : said;
        if (!rows.equals("all") && !rows.equals("good")) {
            throw Request.badParameter("rows", rows, "all, good");
        }
        JsonNode most = body.path("maxTotal");
        if (most.isMissingNode() || most.isNull()) {
            return new Wish(rows, null, null);
        }
        Fields.requireAmong(most, OF_MOST, "/maxTotal");
        String amount = most.isObject() ? most.path("amount").asText() : most.asText();
        String currency = most.isObject() ? Fields.text(most, "currency", "/maxTotal") : "";
        if (!amount.matches("\\d{1,12}(\\.\\d{1,4})?")) {
            throw Request.badField("maxTotal", amount, "legal.amount");
        }
        return new Wish(rows, new BigDecimal(amount), currency.isEmpty() ? null : currency);
    }
}
